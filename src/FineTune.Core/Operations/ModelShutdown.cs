using FineTune.Catalogue;
using FineTune.Hosting;
using FineTune.Ports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace FineTune.Operations;

/// <summary>
/// The day a model stops answering, and whether that is near enough to say so: a tuned model dies with its base model. It calls nobody, so it asks the
/// settings for the provider's address alone: models are listed without a key, too.
/// </summary>
public sealed class ModelShutdown(ModelCatalogue catalogue, TimeProvider time, IConfiguration settings, IOptions<FineTuneOptions> options)
{
    private readonly string _provider = ProviderName.Of(
        Uri.TryCreate(settings[$"{ProviderOptions.Section}:{nameof(ProviderOptions.Endpoint)}"], UriKind.Absolute, out Uri? endpoint)
            ? endpoint
            : new ProviderOptions().Endpoint!);

    /// <summary>What the provider told, or what the catalogue knows of the base model, whichever is sooner; null while nothing is announced.</summary>
    public DateOnly? DayOf(ModelRow model)
    {
        DateOnly? known = catalogue.Find(model.BaseModel)?.Providers.GetValueOrDefault(_provider)?.Retires;
        return known is null || model.ShutdownDate < known ? model.ShutdownDate : known;
    }

    /// <summary>One sentence, once the day is no further away than <see cref="FineTuneOptions.WarnBeforeShutdown"/>.</summary>
    public string? WarningFor(ModelRow model)
    {
        DateOnly today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        return DayOf(model) is not { } day || day.DayNumber - today.DayNumber > options.Value.WarnBeforeShutdown.TotalDays ? null
            : day <= today ? $"{model.BaseModel} was shut down on {day:yyyy-MM-dd}: this model answers no more. Train one on another base model."
            : $"{model.BaseModel} shuts down on {day:yyyy-MM-dd}, in {day.DayNumber - today.DayNumber} days, and this model with it. "
                + "Train a successor on another base model.";
    }
}
