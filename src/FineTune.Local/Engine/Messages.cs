using System.Text.Json;

namespace FineTune.Local.Engine;

/// <summary>Turns messages into the JSON that the journal keeps, and back.</summary>
internal sealed class Messages(JsonSerializerOptions options)
{
    /// <summary>Finds out before the first run, not in the middle of one, whether the serializer knows them all.</summary>
    public void Require(IEnumerable<Type> types)
    {
        var unknown = types.Where(type => !options.TryGetTypeInfo(type, out _)).Select(type => type.Name).Distinct().ToArray();
        if (unknown.Length > 0)
        {
            throw new InvalidOperationException(
                $"The serializer does not know {string.Join(", ", unknown)}; expected every message of a registered workflow or activity. "
                + "Add [JsonSerializable] for them to the source-generated context.");
        }
    }

    /// <summary>By its own type.</summary>
    public string Write(object message) => JsonSerializer.Serialize(message, options.GetTypeInfo(message.GetType()));

    /// <summary>By its declared type.</summary>
    public string WriteAs<T>(T message) => JsonSerializer.Serialize(message, options.GetTypeInfo(typeof(T)));

    /// <param name="what">Names the message in the exception.</param>
    /// <exception cref="UnreadableMessageException">It has not the shape that today's code expects.</exception>
    public T Read<T>(string json, string what)
    {
        try
        {
            return (T)JsonSerializer.Deserialize(json, options.GetTypeInfo(typeof(T)))!;
        }
        catch (JsonException e)
        {
            throw new UnreadableMessageException(what, typeof(T), e.Path);
        }
        catch (NotSupportedException)
        {
            throw new UnreadableMessageException(what, typeof(T), path: null);
        }
    }
}
