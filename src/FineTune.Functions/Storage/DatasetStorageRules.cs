using Microsoft.Extensions.Options;

namespace FineTune.Functions.Storage;

/// <summary>Settings that contradict themselves end the app's start, not its first run.</summary>
internal sealed class DatasetStorageRules : IValidateOptions<DatasetStorageOptions>
{
    private const string Section = DatasetStorageOptions.Section;

    public ValidateOptionsResult Validate(string? name, DatasetStorageOptions options)
        => options.ConnectionString is not null ? ValidateOptionsResult.Success
            : options.BlobServiceUri is null || options.TableServiceUri is null ? ValidateOptionsResult.Fail(
                $"There is no dataset storage. Set {Section} to a connection string, or {Section}__blobServiceUri and {Section}__tableServiceUri to the services' addresses.")
            : options.Credential is not null && !options.UsesManagedIdentity ? ValidateOptionsResult.Fail(
                $"{Section}__credential is '{options.Credential}'. Use 'managedidentity', or leave it out for the identity this machine offers.")
            : ValidateOptionsResult.Success;
}
