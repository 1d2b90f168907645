using System.Security.Cryptography;
using System.Text;
using FineTune.Ports;

namespace FineTune.Functions.Storage;

/// <summary>Which names are those of blobs in our container: a request's address is put together from them, and must not lead elsewhere.</summary>
internal static class BlobName
{
    /// <summary>In characters; the service's own limit.</summary>
    private const int MaxLength = 1024;

    private const int HashCharacters = 16;

    /// <summary>Clients take <c>\</c> for <c>/</c> and walk up at <c>..</c>, as far as into another container; control characters deceive who reads a log.</summary>
    public static bool IsAcceptable(string name)
        => name.Length is > 0 and <= MaxLength
            && !name.StartsWith('/')
            && !name.Any(c => c == '\\' || char.IsControl(c))
            && !name.Split('/').Any(segment => segment is "." or "..")
            && (DatasetNames.IsDataset(name) || DatasetNames.IsValidation(name));

    /// <summary>Where a dataset's name leaves no room for a longer ending, a hash takes the place of its end.</summary>
    public static string Beside(string dataset, string suffix)
    {
        string name = DatasetNames.BesideNameOf(dataset, suffix);
        if (name.Length <= MaxLength)
        {
            return name;
        }

        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dataset)))[..HashCharacters];
        int room = MaxLength - suffix.Length - hash.Length - 1;
        return $"{dataset.AsSpan(0, char.IsHighSurrogate(dataset[room - 1]) ? room - 1 : room)}-{hash}{suffix}";
    }
}
