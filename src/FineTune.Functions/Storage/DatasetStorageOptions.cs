namespace FineTune.Functions.Storage;

/// <summary>
/// Where datasets and the ledger are, told as the Functions host is told of its connections: <c>DatasetStorage</c> is a connection string, or
/// <c>DatasetStorage__blobServiceUri</c> and <c>DatasetStorage__tableServiceUri</c> name the services and an identity opens them.
/// </summary>
/// <remarks>The host's blob trigger reads the same settings and wants <c>DatasetStorage__queueServiceUri</c> beside them.</remarks>
public sealed class DatasetStorageOptions
{
    public const string Section = "DatasetStorage";

    /// <summary>Of the value of the section itself; where there is one, it wins. It may hold a key: never logged.</summary>
    public string? ConnectionString { get; set; }

    public Uri? BlobServiceUri { get; set; }

    public Uri? TableServiceUri { get; set; }

    /// <summary><c>managedidentity</c> for the app's own identity; without it, whatever this machine offers: the Azure CLI's on a laptop.</summary>
    public string? Credential { get; set; }

    /// <summary>Of a user-assigned identity; null for the one that comes with the app.</summary>
    public string? ClientId { get; set; }

    internal bool UsesManagedIdentity => string.Equals(Credential, "managedidentity", StringComparison.OrdinalIgnoreCase);
}
