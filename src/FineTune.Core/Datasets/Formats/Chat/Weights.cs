using System.Buffers.Text;
using System.Text.Json;
using FineTune.Datasets.Reading;

namespace FineTune.Datasets.Formats.Chat;

/// <summary>Reads a message's weight; <c>1.0</c> is a 1.</summary>
internal static class Weights
{
    public static bool IsZero(JsonValue weight) => Is(weight, 0);

    public static bool IsOne(JsonValue weight) => Is(weight, 1);

    private static bool Is(JsonValue weight, double expected)
        => !weight.IsMissing && weight.Kind == JsonTokenType.Number
            && Utf8Parser.TryParse(weight.Text, out double value, out int read) && read == weight.Text.Length && value == expected;
}
