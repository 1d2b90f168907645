using FineTune.Ports;

namespace FineTune.Local.Storage;

/// <summary>Tells files that are complete from files that are still being copied: a version counts once it has stood still for a while.</summary>
/// <remarks>A copy that pauses longer is taken for complete; when it goes on it is another version, which settles and counts in turn.</remarks>
internal sealed class SettlingRule(TimeSpan settle, TimeProvider timeProvider)
{
    private Dictionary<string, Sighting> _sightings = [];

    /// <summary>True while a file is known that does not count yet.</summary>
    public bool IsWaiting => _sightings.Values.Any(sighting => !sighting.Counted);

    /// <summary>Takes what one look found and returns what counts from now on; each version is returned once.</summary>
    public List<DatasetVersion> Look(IReadOnlyCollection<DatasetVersion> found)
    {
        long now = timeProvider.GetTimestamp();
        List<DatasetVersion> settled = [];
        Dictionary<string, Sighting> sightings = new(found.Count, StringComparer.Ordinal);
        foreach (DatasetVersion version in found)
        {
            Sighting sighting = SightingOf(version, now);
            if (!sighting.Counted && timeProvider.GetElapsedTime(sighting.Since, now) >= settle)
            {
                settled.Add(version);
                sighting = sighting with { Counted = true };
            }

            sightings[version.Name] = sighting;
        }

        _sightings = sightings; // whatever was deleted is forgotten
        return settled;
    }

    private Sighting SightingOf(DatasetVersion version, long now)
        => _sightings.GetValueOrDefault(version.Name) is { } known && known.ETag == version.ETag
            ? known
            : new Sighting(version.ETag, now, Counted: false);

    private sealed record Sighting(string ETag, long Since, bool Counted);
}
