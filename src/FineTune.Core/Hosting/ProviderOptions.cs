using System.ComponentModel.DataAnnotations;

namespace FineTune.Hosting;

/// <summary>Which provider to talk to, and how patiently.</summary>
public sealed class ProviderOptions
{
    public const string Section = "FineTune:Provider";

    /// <summary>The default is OpenAI; Azure OpenAI is <c>https://RESOURCE.openai.azure.com/openai/v1/</c>. Plain http only on this machine.</summary>
    [Required]
    public Uri? Endpoint { get; set; } = new("https://api.openai.com/v1/");

    /// <summary>The default is <see cref="ProviderAuthentication.ApiKey"/>.</summary>
    public ProviderAuthentication Authentication { get; set; }

    /// <summary>Needed unless <see cref="Authentication"/> is Entra.</summary>
    public string? ApiKey { get; set; }

    /// <summary>For how long one short call may take. The default is 2 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>For how long one file's upload may take. The default is 30 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "06:00:00")]
    public TimeSpan UploadTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// After a call to create a job was lost, the provider must show no such job at two looks this far apart before another call is made.
    /// Must be longer than <see cref="CallTimeout"/>. The default is 2½ minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan QuietPeriod { get; set; } = TimeSpan.FromSeconds(150);

    /// <summary>
    /// A name for this deployment where several share one account at the provider, such as <c>test</c> and <c>production</c>: each then leaves
    /// the jobs and files of the others alone. The default is none.
    /// </summary>
    [RegularExpression("[A-Za-z0-9_-]{1,64}")]
    public string? Installation { get; set; }

    /// <summary>
    /// How many jobs of ours may be unfinished at once; further runs stand in line. The default is no number of our own: then the provider's
    /// own "no more" makes the line.
    /// </summary>
    [Range(1, 100_000)]
    public int? MaxJobs { get; set; }

    /// <summary>How many jobs of ours may be created on one UTC day. The default is as above.</summary>
    [Range(1, 100_000)]
    public int? MaxJobsPerDay { get; set; }

    /// <summary>
    /// After so long the provider deletes an uploaded file by itself, should we never come to it: 1 hour to 30 days, and long enough for a run; zero
    /// asks for nothing. The default is 30 days at api.openai.com where the deadlines leave room for that, and zero elsewhere.
    /// </summary>
    public TimeSpan? FilesExpireAfter { get; set; }

    /// <summary>Body fields added to a new job for providers that want them, such as Azure's <c>trainingType</c>.</summary>
    public IDictionary<string, string> ExtraJobFields { get; } = new Dictionary<string, string>();
}
