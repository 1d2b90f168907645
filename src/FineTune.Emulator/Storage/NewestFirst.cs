namespace FineTune.Emulator.Storage;

/// <summary>Things in order of creation, found by id and listed newest first. Nothing is ever removed, so a cursor never dangles.</summary>
internal sealed class NewestFirst<T>(Func<T, string> idOf)
{
    private readonly Lock _gate = new();
    private readonly List<T> _items = [];
    private readonly Dictionary<string, int> _places = [];

    public void Add(T item)
    {
        lock (_gate)
        {
            _places.Add(idOf(item), _items.Count);
            _items.Add(item);
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

    public T[] All()
    {
        lock (_gate)
        {
            return [.. _items];
        }
    }
}
