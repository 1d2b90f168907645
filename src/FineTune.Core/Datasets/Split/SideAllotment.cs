using FineTune.Datasets.Reading;

namespace FineTune.Datasets.Split;

/// <summary>
/// Gives every group a side: stratum by stratum, in an order the seed decides, each group to the side that lags furthest behind
/// its share. So each side comes as near to its size as the groups allow, in every stratum and as a whole.
/// </summary>
internal static class SideAllotment
{
    public static Side[] Of(IReadOnlyList<ExampleGroup> groups, ReadOnlySpan<double> shares, int seed)
    {
        Side[] sides = new Side[groups.Count];
        double[] lag = new double[shares.Length];
        foreach (var group in groups.OrderBy(group => Mix(seed, group.Stratum)).ThenByDescending(group => group.Size).ThenBy(group => Mix(seed, (ulong)group.Index)))
        {
            int furthest = 0;
            for (int side = 0; side < lag.Length; side++)
            {
                lag[side] += shares[side] * group.Size;
                furthest = lag[side] > lag[furthest] + Tolerance ? side : furthest;
            }

            lag[furthest] -= group.Size;
            sides[group.Index] = (Side)furthest;
        }

        return sides;
    }

    // Sums of fractions that should be equal are not quite.
    private const double Tolerance = 1e-6;

    private static ulong Mix(int seed, ulong value) => Fingerprint.Add(Fingerprint.Add(0, (uint)seed), value);
}
