using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FineTune.Ports;

namespace FineTune;

/// <summary>Ids of runs, which are also the ids of their workflow instances: the same request always has the same id.</summary>
public static class RunId
{
    private const int HexCharacters = 20;

    /// <summary>For a dataset that announced itself: an event that comes twice finds the run of the first one, whatever the settings are by then.</summary>
    public static string For(DatasetVersion dataset) => Hash(dataset.Name, dataset.ETag);

    /// <summary>For a person who asked: the same dataset under another spec is another run.</summary>
    /// <param name="again">Counts up when one is asked for again that ended before anything was spent.</param>
    public static string For(DatasetVersion dataset, FineTuneSpec spec, int again = 0)
    {
        string asked = RunKey.Compute(dataset.ETag, spec.ValidationDataset, spec);
        return again == 0 ? Hash(dataset.Name, dataset.ETag, asked)
            : Hash(dataset.Name, dataset.ETag, asked, again.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>For a job whose run has no id left that could be used.</summary>
    public static string ForRecovered(string jobId, int again) => Hash("recovered", jobId, again.ToString(CultureInfo.InvariantCulture));

    /// <summary>Whether people may choose this id: 1–64 letters, digits, <c>-</c> and <c>_</c>, which every store can hold.</summary>
    public static bool IsAcceptable(string id)
        => id.Length is > 0 and <= 64 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static string Hash(params string[] parts)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts)));
        return "ft-" + Convert.ToHexStringLower(hash)[..HexCharacters];
    }
}
