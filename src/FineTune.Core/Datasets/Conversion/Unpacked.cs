using System.IO.Compression;
using FineTune.Datasets.Reading;

namespace FineTune.Datasets.Conversion;

/// <summary>A workbook is an archive, and what a small one says of its size need not be true: it is unpacked once and counted.</summary>
internal static class Unpacked
{
    /// <summary>Rewinds the file.</summary>
    /// <exception cref="UnreadableDatasetException">It is no archive, or becomes too large.</exception>
    public static void Check(Stream file, long mostBytes)
    {
        try
        {
            using ZipArchive archive = new(file, ZipArchiveMode.Read, leaveOpen: true);
            long left = mostBytes;
            foreach (var entry in archive.Entries)
            {
                left -= Count(entry, left);
            }

            file.Position = 0;
        }
        catch (InvalidDataException)
        {
            throw new UnreadableDatasetException("The file is no .xlsx workbook. (An old .xls must be saved as .xlsx, or as CSV in UTF-8, first.)");
        }
    }

    private static long Count(ZipArchiveEntry entry, long most)
    {
        using Stream content = entry.Open();
        byte[] buffer = new byte[64 * 1024];
        long total = 0;
        for (int read; (read = content.Read(buffer)) > 0;)
        {
            total += read;
            if (total > most)
            {
                throw new UnreadableDatasetException("The workbook becomes larger when unpacked than any dataset the provider takes. Export a part of it.");
            }
        }

        return total;
    }
}
