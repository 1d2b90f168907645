using System.ClientModel;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace FineTune.Provider;

/// <summary>The form of an upload. The package's own has no room for how long the file is to live.</summary>
internal sealed class UploadForm : BinaryContent
{
    private readonly MultipartFormDataContent _form = [];

    /// <param name="lifetime">From its creation on; null leaves the word out, for not every provider knows it.</param>
    public UploadForm(string fileName, Stream content, TimeSpan? lifetime)
    {
        AddField("purpose", "fine-tune");
        if (lifetime is { } time)
        {
            AddField("expires_after[anchor]", "created_at");
            AddField("expires_after[seconds]", ((long)time.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        }

        StreamContent file = new(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        file.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "\"file\"", FileName = $"\"{fileName}\"" };
        _form.Add(file);
    }

    /// <summary>With the boundary between the parts.</summary>
    public string ContentType => _form.Headers.ContentType!.ToString();

    public override bool TryComputeLength(out long length)
    {
        length = _form.Headers.ContentLength ?? 0;
        return _form.Headers.ContentLength is not null;
    }

    public override void WriteTo(Stream stream, CancellationToken cancellationToken) => _form.CopyTo(stream, context: null, cancellationToken);

    public override Task WriteToAsync(Stream stream, CancellationToken cancellationToken) => _form.CopyToAsync(stream, cancellationToken);

    public override void Dispose() => _form.Dispose();

    private void AddField(string name, string value) => _form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(value)), $"\"{name}\"");
}
