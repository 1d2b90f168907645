using System.Text.Json;
using FineTune.Datasets.Reports;

namespace FineTune.Core.Tests.Datasets;

public sealed class ReadBoundaryTests
{
    public static TheoryData<string> Samples { get; } = [.. SampleTests.AllFiles()];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task InspectAsync_SaysTheSame_WhateverSizeTheReadsAre(string sample)
    {
        byte[] bytes = await File.ReadAllBytesAsync(Path.Combine(Repository.Samples, sample), TestContext.Current.CancellationToken);
        string expected = Json(await Inspection.OfAsync(bytes));

        for (int size = 1; size <= 64; size++)
        {
            var report = await Inspection.Inspector().InspectAsync(
                "data.jsonl", new TricklingStream(bytes, size), Inspection.Spec, TestContext.Current.CancellationToken);

            Assert.Equal(expected, Json(report));
        }
    }

    private static string Json(DatasetReport report) => JsonSerializer.Serialize(report, ReportJsonContext.Default.DatasetReport);

    /// <summary>Gives at most so many bytes a read.</summary>
    private sealed class TricklingStream(byte[] bytes, int size) : UnseekableStream
    {
        private int _given;

        public override int Read(Span<byte> buffer)
        {
            var next = bytes.AsSpan(_given, Math.Min(Math.Min(size, buffer.Length), bytes.Length - _given));
            next.CopyTo(buffer);
            _given += next.Length;
            return next.Length;
        }
    }
}
