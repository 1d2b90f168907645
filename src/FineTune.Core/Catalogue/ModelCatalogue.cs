using System.Text.Json;

namespace FineTune.Catalogue;

/// <summary>
/// Base models with their limits, prices and dates: a dated file inside the program, over which a file of one's own can be laid,
/// because such facts change more often than programs do.
/// </summary>
public sealed class ModelCatalogue
{
    private const string BuiltInFile = "FineTune.Catalogue.models.json";

    private readonly Dictionary<string, ModelFacts> _byName = new(StringComparer.OrdinalIgnoreCase);

    private ModelCatalogue(DateOnly asOf, string currency, IReadOnlyList<ModelFacts> models)
    {
        (AsOf, Currency, Models) = (asOf, currency, models);
        foreach (var model in models)
        {
            foreach (string name in (IEnumerable<string>)[model.Name, .. model.Aliases])
            {
                _byName[name] = model;
            }
        }
    }

    /// <summary>The catalogue this version of the program was released with.</summary>
    public static ModelCatalogue BuiltIn { get; } = ReadBuiltIn();

    /// <summary>The day the newest of its facts was checked.</summary>
    public DateOnly AsOf { get; }

    /// <summary>Of every price, as ISO 4217.</summary>
    public string Currency { get; }

    public IReadOnlyList<ModelFacts> Models { get; }

    /// <summary>The facts about a base model or about the base of a tuned one; null when the catalogue has none.</summary>
    /// <param name="model">A name, an alias, <c>ft:base:org:suffix:id</c> or Azure's <c>base.ft-id</c>.</param>
    public ModelFacts? Find(string model) => _byName.GetValueOrDefault(BaseModel.NameOf(model));

    /// <summary>This catalogue with a file laid over it: its models replace those of the same name, others are added.</summary>
    /// <exception cref="InvalidDataException">The file is no catalogue.</exception>
    public ModelCatalogue OverriddenBy(string path)
    {
        using var file = File.OpenRead(path);
        return OverriddenBy(file, path);
    }

    /// <inheritdoc cref="OverriddenBy(string)"/>
    /// <param name="name">How messages call the file.</param>
    public ModelCatalogue OverriddenBy(Stream file, string name)
    {
        var read = Read(file, name);
        if (read.Currency != Currency)
        {
            throw new InvalidDataException(
                $"The model catalogue {name} has prices in {read.Currency}; expected {Currency}, as in the catalogue it is laid over.");
        }

        var replaced = read.Models.Select(model => model.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var kept = Models.Where(model => !replaced.Contains(model.Name));
        return new ModelCatalogue(read.AsOf > AsOf ? read.AsOf : AsOf, Currency, [.. kept, .. read.Models]);
    }

    private static ModelCatalogue ReadBuiltIn()
    {
        using var file = typeof(ModelCatalogue).Assembly.GetManifestResourceStream(BuiltInFile)!;
        var read = Read(file, "inside the program");
        return new ModelCatalogue(read.AsOf, read.Currency, read.Models);
    }

    private static CatalogueFile Read(Stream file, string name)
    {
        try
        {
            return JsonSerializer.Deserialize(file, CatalogueJsonContext.Default.CatalogueFile)
                ?? throw new JsonException("It says null.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(
                $"The model catalogue {name} could not be read: {exception.Message} Expected the shape of models.json: asOf, currency, models.",
                exception);
        }
    }
}
