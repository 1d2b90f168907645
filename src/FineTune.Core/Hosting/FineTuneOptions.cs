using System.ComponentModel.DataAnnotations;

namespace FineTune.Hosting;

/// <summary>What runs do where nobody said otherwise. Read when a run starts; a run under way keeps what it started with.</summary>
public sealed class FineTuneOptions
{
    public const string Section = "FineTune";

    /// <summary>The base model of datasets that come without a spec.</summary>
    [Required]
    public string Model { get; set; } = "gpt-4.1-mini-2025-04-14";

    /// <summary>A run whose upper price estimate is above this waits for approval, in US dollars. The default is no limit.</summary>
    [Range(0, 1_000_000)]
    public decimal? ApproveAbove { get; set; }

    /// <summary>
    /// What all runs of a UTC month may cost together, in US dollars: live ones count with their upper estimate, finished ones with what was
    /// billed. A run beyond it waits for approval, or for room. Read whenever a run is let through. The default is no limit.
    /// </summary>
    [Range(0, 100_000_000)]
    public decimal? MonthBudget { get; set; }

    /// <summary>After so long a run that waits for approval asks again. The default is a day.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan RemindEvery { get; set; } = TimeSpan.FromDays(1);

    /// <summary>For how long such a run waits. The default is 7 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "90.00:00:00")]
    public TimeSpan ApprovalDeadline { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Between two looks at the provider while there is news. The default is 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "01:00:00")]
    public TimeSpan PollEvery { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Looks become rarer up to this while there is none. The default is 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "06:00:00")]
    public TimeSpan PollAtMost { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>For how long the provider may process an uploaded file before the job is tried anyway. The default is 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan FileDeadline { get; set; } = TimeSpan.FromHours(1);

    /// <summary>For how long a place among the provider's jobs is waited for. The default is 2 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan CreateDeadline { get; set; } = TimeSpan.FromDays(2);

    /// <summary>A job of which the provider has told nothing new for so long is called stalled; it goes on. The default is 6 hours.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan StalledAfter { get; set; } = TimeSpan.FromHours(6);

    /// <summary>For how long a job may train. The default is 30 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "90.00:00:00")]
    public TimeSpan JobDeadline { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Leave the uploaded files at the provider when a run is over. The default is to delete them.</summary>
    public bool KeepFiles { get; set; }

    /// <summary>Who wakes us, and whom we tell.</summary>
    public WebhookOptions Webhooks { get; } = new();

    /// <summary>A dataset that has lain there for so long without a run was not announced: the sweep starts it. The default is 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")]
    public TimeSpan StartMissedAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Rows, events, reports and workflow histories of runs that ended longer ago are deleted by the sweep. The default is to keep them.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "10000.00:00:00")]
    public TimeSpan? Retention { get; set; }

    /// <summary>So long before a model's shutdown its listing and the sweep warn of it. The default is 90 days.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1000.00:00:00")]
    public TimeSpan WarnBeforeShutdown { get; set; } = TimeSpan.FromDays(90);
}
