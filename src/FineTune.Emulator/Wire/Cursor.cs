namespace FineTune.Emulator.Wire;

/// <summary>Cuts a newest-first sequence at the provider's <c>after</c> and <c>limit</c>.</summary>
internal static class Cursor
{
    /// <exception cref="ApiException">400 where the limit is out of range or nothing has the cursor's id.</exception>
    public static (IReadOnlyList<T> Items, bool HasMore) Cut<T>(
        IEnumerable<T> items, Func<T, string> idOf, string? after, int limit, int maxLimit)
    {
        if (limit < 1 || limit > maxLimit)
        {
            throw ApiException.BadRequest($"Invalid limit: {limit}. Expected a number from 1 to {maxLimit}.", "limit");
        }

        var rest = after is null ? items : After(items, idOf, after);
        var page = rest.Take(limit + 1).ToList();
        bool more = page.Count > limit;
        if (more)
        {
            page.RemoveAt(limit);
        }

        return (page, more);
    }

    private static IEnumerable<T> After<T>(IEnumerable<T> items, Func<T, string> idOf, string after)
    {
        bool found = false;
        foreach (var item in items)
        {
            if (found)
            {
                yield return item;
            }

            found |= idOf(item) == after;
        }

        if (!found)
        {
            throw ApiException.BadRequest($"No object with id '{after}' in this list.", "after");
        }
    }
}
