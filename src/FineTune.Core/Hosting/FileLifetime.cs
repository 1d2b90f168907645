using FineTune.Catalogue;
using Microsoft.Extensions.Options;

namespace FineTune.Hosting;

/// <summary>
/// How long the provider keeps what we upload, should nobody delete it: the default, and what may be set. A file that goes before its job has ended
/// makes the job fail, so it has to outlive the waits for file and job, and a training.
/// </summary>
internal sealed class FileLifetime(IOptions<FineTuneOptions> runs) : IPostConfigureOptions<ProviderOptions>, IValidateOptions<ProviderOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromHours(1);

    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>Jobs take minutes to days; <see cref="FineTuneOptions.JobDeadline"/> is for how long we look after one, not for how long one trains.</summary>
    private static readonly TimeSpan LongestTraining = TimeSpan.FromDays(7);

    /// <summary>So much of it has to be left when a job is asked for.</summary>
    public static TimeSpan ForTraining(FineTuneOptions limits) => limits.JobDeadline < LongestTraining ? limits.JobDeadline : LongestTraining;

    public void PostConfigure(string? name, ProviderOptions options) => options.FilesExpireAfter ??= DefaultFor(options);

    public ValidateOptionsResult Validate(string? name, ProviderOptions options)
    {
        string setting = $"{ProviderOptions.Section}:{nameof(ProviderOptions.FilesExpireAfter)}";
        return options.FilesExpireAfter is not { } lifetime || lifetime == TimeSpan.Zero ? ValidateOptionsResult.Success
            : lifetime < Shortest || lifetime > Longest
                ? ValidateOptionsResult.Fail($"{setting} is {lifetime}, but providers take {Shortest} to {Longest}; zero asks for no expiry.")
            : lifetime < Need
                ? ValidateOptionsResult.Fail(
                    $"{setting} is {lifetime}, but a run may need its file for {Need}: FileDeadline, CreateDeadline and a training. Set it longer, or to zero.")
            : ValidateOptionsResult.Success;
    }

    /// <summary>Only where the word is known to be understood; others may refuse an upload for a field they do not know.</summary>
    private TimeSpan DefaultFor(ProviderOptions options)
        => options.Endpoint is { IsAbsoluteUri: true } endpoint && ProviderName.Of(endpoint) == ProviderName.OpenAi && Need <= Longest
            ? Longest : TimeSpan.Zero;

    private TimeSpan Need
    {
        get
        {
            FineTuneOptions limits = Limits();
            return limits.FileDeadline + limits.CreateDeadline + ForTraining(limits);
        }
    }

    private FineTuneOptions Limits()
    {
        try
        {
            return runs.Value;
        }
        catch (OptionsValidationException)
        {
            return new FineTuneOptions(); // What is wrong with them is told once, by their own rules.
        }
    }
}
