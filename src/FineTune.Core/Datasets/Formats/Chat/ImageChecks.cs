using System.Buffers.Text;
using FineTune.Datasets.Reading;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Formats.Chat;

/// <summary>What an image must be: the user's, few, of a known kind, for a model that looks at images.</summary>
internal sealed class ImageChecks(CheckContext context)
{
    private const int MostBytes = 10 * 1024 * 1024;
    private const int LowDetailTokens = 85;

    // Eight tiles of 170, the most an image scaled to 768 by 2,048 is cut into, and the 85 every image has.
    private const int HighDetailTokens = 1445;

    /// <summary>Images in the example so far.</summary>
    public int Count { get; private set; }

    public void StartExample() => Count = 0;

    public void Judge(ChatMessage message, JsonValue part)
    {
        Count++;
        if (message.Role is not (ChatRole.User or ChatRole.Unknown))
        {
            context.Problems.Add(PartRules.ImageNotFromUser, part, message.From);
        }

        var image = part.Get("image_url"u8);
        var address = image.IsObject ? image.Get("url"u8) : default;
        if (!address.IsString)
        {
            context.Problems.Add(PartRules.ImageWrong, image.IsMissing ? part : image, Quote.Kind(image.IsObject ? address : image));
            return;
        }

        if (!IsAccepted(address.Text))
        {
            context.Problems.Add(PartRules.ImageAddress, address);
        }
        else
        {
            JudgeData(address);
        }

        JudgeDetail(image.Get("detail"u8));
    }

    public void EndExample(JsonValue example)
    {
        context.Totals.WithImages += Count > 0 ? 1 : 0;
        if (Count > context.MostImages)
        {
            context.Problems.Add(PartRules.TooManyImages, example, Count, context.MostImages);
        }

        if (Count > 0 && context.Model is { TakesImages: false } model)
        {
            context.Problems.Add(PartRules.ImagesNotTaken, example, model.Name);
        }
    }

    private void JudgeData(JsonValue address)
    {
        int comma = address.Text.IndexOf(";base64,"u8);
        if (!address.Text.StartsWith("data:"u8) || comma < 0)
        {
            return;
        }

        var data = address.Text[(comma + ";base64,"u8.Length)..];
        if (data.IsEmpty || !Base64.IsValid(data, out int bytes))
        {
            context.Problems.Add(PartRules.ImageNotBase64, address);
        }
        else if (!IsKindItSays(address.Text[..comma], data))
        {
            context.Problems.Add(PartRules.ImageOtherKind, address);
        }
        else if (bytes > MostBytes)
        {
            context.Problems.Add(PartRules.ImageTooLarge, address, bytes, MostBytes);
        }
        else if (ImageColours.Other(address.Text[..comma], data) is { } colours)
        {
            context.Problems.Add(PartRules.ImageColours, address, colours);
        }
    }

    // The first bytes of each kind, in base64; of WEBP those of its container.
    private static bool IsKindItSays(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
        => type.EndsWith("png"u8) ? data.StartsWith("iVBORw0KGg"u8)
            : type.EndsWith("webp"u8) ? data.StartsWith("UklGR"u8)
            : data.StartsWith("/9j/"u8);

    private void JudgeDetail(JsonValue detail)
    {
        if (!detail.IsMissing && !detail.Is("low"u8) && !detail.Is("high"u8) && !detail.Is("auto"u8))
        {
            context.Problems.Add(PartRules.ImageDetail, detail, Quote.Word(detail, "medium", "full", "original"));
        }

        context.Tokens.Add(LowDetailTokens, detail.Is("low"u8) ? LowDetailTokens : HighDetailTokens);
    }

    private static bool IsAccepted(ReadOnlySpan<byte> address)
        => address.StartsWith("https://"u8)
            || address.StartsWith("http://"u8)
            || address.StartsWith("data:image/jpeg;base64,"u8)
            || address.StartsWith("data:image/jpg;base64,"u8)
            || address.StartsWith("data:image/png;base64,"u8)
            || address.StartsWith("data:image/webp;base64,"u8);
}
