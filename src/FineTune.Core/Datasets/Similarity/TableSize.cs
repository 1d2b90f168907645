namespace FineTune.Datasets.Similarity;

/// <summary>
/// The sizes a table grows through: each eight times the one before, and the last just as large as the table may ever be, so that
/// all a table leaves behind while it grows is little next to what it has in the end.
/// </summary>
/// <param name="largest">Slots of the table when it is full.</param>
internal readonly struct TableSize(long largest)
{
    private const int Growth = 8;
    private const int Smallest = 512;

    /// <summary>The next size after one; after 0, the first.</summary>
    public int After(int size)
    {
        long next = largest;
        while (next / Growth > Math.Max(size, Smallest))
        {
            next /= Growth;
        }

        return checked((int)next);
    }
}
