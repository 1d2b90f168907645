namespace FineTune.Provider;

/// <summary>The metadata by which a job says whose it is.</summary>
public static class JobMetadata
{
    public const string Key = "ft_key";

    public const string Attempt = "ft_attempt";
}
