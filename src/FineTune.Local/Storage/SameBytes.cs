namespace FineTune.Local.Storage;

/// <summary>Compares two streams without holding more than a piece of each.</summary>
internal static class SameBytes
{
    private const int PieceLength = 64 * 1024;

    public static async Task<bool> AreInAsync(Stream one, Stream other, CancellationToken cancellationToken)
    {
        byte[] left = new byte[PieceLength];
        byte[] right = new byte[PieceLength];
        int length;
        do
        {
            length = await one.ReadAtLeastAsync(left, PieceLength, throwOnEndOfStream: false, cancellationToken);
            int otherLength = await other.ReadAtLeastAsync(right, PieceLength, throwOnEndOfStream: false, cancellationToken);
            if (!left.AsSpan(0, length).SequenceEqual(right.AsSpan(0, otherLength)))
            {
                return false;
            }
        }
        while (length == PieceLength);

        return true;
    }
}
