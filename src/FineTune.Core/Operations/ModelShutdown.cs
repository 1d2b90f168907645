using FineTune.Catalogue;
using FineTune.Hosting;
using FineTune.Ports;
using FineTune.Provider;
using Microsoft.Extensions.Options;

namespace FineTune.Operations;

/// <summary>The day a model stops answering, and whether that is near enough to say so: a tuned model dies with its base model.</summary>
public sealed class ModelShutdown(
    ModelCatalogue catalogue, TimeProvider time, IOptions<ProviderOptions> provider, IOptions<FineTuneOptions> options)
{
    /// <summary>What the provider told, or what the catalogue knows of the base model, whichever is sooner; null while nothing is announced.</summary>
    public DateOnly? DayOf(ModelRow model)
    {
        DateOnly? known = catalogue.Find(model.BaseModel)?.Providers.GetValueOrDefault(ProviderName.Of(provider.Value.Endpoint!))?.Retires;
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
