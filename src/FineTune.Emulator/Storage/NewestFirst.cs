namespace FineTune.Emulator.Storage;

/// <summary>
/// Things in order of creation, found by id and listed newest first. Nothing is ever removed, so a cursor never dangles, and a
/// reader goes through what there was when it began without holding anyone up.
/// </summary>
internal sealed class NewestFirst<T>(Func<T, string> idOf)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _places = [];
    private T[] _items = new T[16];

    public void Add(T item)
    {
        lock (_gate)
        {
            int place = _places.Count;
            _places.Add(idOf(item), place);
            if (place == _items.Length)
            {
                Array.Resize(ref _items, place * 2);
            }

            _items[place] = item;
        }
    }

    public void Replace(T item)
    {
        lock (_gate)
        {
            _items[_places[idOf(item)]] = item;
        }
    }

    public T? Find(string id)
    {
        lock (_gate)
        {
            return _places.TryGetValue(id, out int place) ? _items[place] : default;
        }
    }

    /// <summary>Oldest first.</summary>
    public ArraySegment<T> All()
    {
        lock (_gate)
        {
            return new ArraySegment<T>(_items, 0, _places.Count);
        }
    }

    public IEnumerable<T> Newest()
    {
        var all = All();
        for (int i = all.Count - 1; i >= 0; i--)
        {
            yield return all[i];
        }
    }
}
