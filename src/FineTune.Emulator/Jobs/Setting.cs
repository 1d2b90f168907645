using System.Text.Json;
using System.Text.Json.Serialization;

namespace FineTune.Emulator.Jobs;

/// <summary>A hyperparameter: a number, or "auto" until the server has chosen one.</summary>
[JsonConverter(typeof(Converter))]
internal readonly record struct Setting(double? Number)
{
    public static readonly Setting Auto = new(Number: null);

    internal sealed class Converter : JsonConverter<Setting>
    {
        public override Setting Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => reader.TokenType == JsonTokenType.Number ? new Setting(reader.GetDouble()) : Auto;

        public override void Write(Utf8JsonWriter writer, Setting value, JsonSerializerOptions options)
        {
            if (value.Number is { } number)
            {
                writer.WriteNumberValue(number);
            }
            else
            {
                writer.WriteStringValue("auto");
            }
        }
    }
}
