using System.Text;
using FineTune.Emulator.Storage;
using FineTune.Emulator.Wire;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace FineTune.Emulator.Files;

/// <summary>A multipart form with one file in it. Bytes that nobody kept are deleted with the form.</summary>
internal sealed class UploadForm : IDisposable
{
    private const int LongestField = 4 * 1024;
    private readonly Dictionary<string, string> _fields = [];

    public ReceivedContent? Content { get; private set; }

    public string? Filename { get; private set; }

    public static async Task<UploadForm> ReadAsync(HttpContext context, string fileField, ContentFolder contents, long limit)
    {
        var form = new UploadForm();
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null; // the limit is on the file
        try
        {
            var reader = new MultipartReader(BoundaryOf(context.Request), context.Request.Body);
            while (await reader.ReadNextSectionAsync(context.RequestAborted) is { } section)
            {
                await form.TakeAsync(section, fileField, contents, limit, context.RequestAborted);
            }

            return form;
        }
        catch (Exception e) when (Refusal(e, fileField) is { } refusal)
        {
            form.Dispose();
            throw refusal;
        }
        catch
        {
            form.Dispose();
            throw;
        }
    }

    public string? Field(string name) => _fields.GetValueOrDefault(name);

    public void Dispose() => Content?.Dispose();

    private static ApiException? Refusal(Exception e, string fileField) => e switch
    {
        FileTooLargeException => new ApiException(413, e.Message, fileField),
        InvalidDataException => ApiException.BadRequest("Could not parse multipart form"),

        // MultipartReader has no exception type of its own for a form that stops early.
        IOException when e.Message.StartsWith("Unexpected end of Stream", StringComparison.Ordinal)
            => ApiException.BadRequest("Could not parse multipart form"),
        _ => null,
    };

    private static async Task<string> ReadFieldAsync(Stream body, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[LongestField];
        int read = await body.ReadAtLeastAsync(buffer, LongestField, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, read);
    }

    private static string BoundaryOf(HttpRequest request)
    {
        string? boundary = MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType == "multipart/form-data"
            ? HeaderUtilities.RemoveQuotes(type.Boundary).Value
            : null;
        return boundary ?? throw ApiException.BadRequest("Could not parse multipart form");
    }

    private async Task TakeAsync(
        MultipartSection section, string fileField, ContentFolder contents, long limit, CancellationToken cancellationToken)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
        {
            throw ApiException.BadRequest("Could not parse multipart form");
        }

        string name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
        if (name != fileField)
        {
            _fields[name] = await ReadFieldAsync(section.Body, cancellationToken);
            return;
        }

        string given = disposition.FileNameStar.Value ?? HeaderUtilities.RemoveQuotes(disposition.FileName).Value ?? "";
        Filename = given.Length == 0 ? null : given[(given.LastIndexOfAny(['/', '\\']) + 1)..];
        Content?.Dispose();
        Content = await contents.ReceiveAsync(section.Body, limit, cancellationToken);
    }
}
