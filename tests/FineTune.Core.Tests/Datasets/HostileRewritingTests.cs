using System.Text;
using FineTune.Datasets.Conversion;
using FineTune.Datasets.Dedupe;
using FineTune.Datasets.Reading;
using FineTune.Datasets.Repair;
using FineTune.Datasets.Split;

namespace FineTune.Core.Tests.Datasets;

/// <summary>Whatever bytes they get, the rewriting commands write something or say why not.</summary>
public sealed class HostileRewritingTests
{
    private const int Rounds = 400;

    private static readonly string[] Seeds =
    [
        Inspection.GoodLines(3), "[" + Inspection.GoodLine + ",\n" + Inspection.GoodLine + "]", "\uFEFFprompt,completion\r\n\"a\"\"b\",c\r\n=1+1,\"x\ny\"\r\n",
        """{"messages": [{"role": "User", "weight": true, "content": [{"type": "image_url", "image_url": "x"}]}, {"role": "assistant", "tool_calls": [{"function": {"arguments": {"é": "\ud83d"}}}]}], "messages": 1}""",
        """{"input": {"messages": []}, "preferred_output": {"role": "assistant"}, "non_preferred_output": 5}""" + "\n{\n\"prompt\": \"a\",\n\"completion\": 5}\n",
    ];

    public static TheoryData<string> Commands => ["fix", "split", "dedupe", "near", "csv", "json", "text"];

    [Theory, MemberData(nameof(Commands))]
    public async Task Command_EndsWithWords_WhateverTheBytes(string command)
    {
        Random random = new(11);
        for (int round = 0; round < Rounds; round++)
        {
            byte[] bytes = Mangle(random);

            var failure = await Record.ExceptionAsync(() => RunAsync(command, bytes));

            Assert.True(failure is null or UnreadableDatasetException, $"{Convert.ToBase64String(bytes)}: {failure}");
        }
    }

    private static Task RunAsync(string command, byte[] bytes)
    {
        var token = TestContext.Current.CancellationToken;
        return command switch
        {
            "fix" => new DatasetRepair().RunAsync(new MemoryStream(bytes), new MemoryStream(), token),
            "split" => new DatasetSplit(new SplitOptions { GroupBy = "input.messages", StratifyBy = "answer" }).RunAsync(
                new MemoryStream(bytes), new MemoryStream(), new MemoryStream(), new MemoryStream(), token),
            "dedupe" => new DatasetDedupe(new DedupeOptions()).RunAsync(() => new MemoryStream(bytes), new MemoryStream(), token),
            "near" => new DatasetDedupe(new DedupeOptions { Near = 0.7 }).RunAsync(() => new MemoryStream(bytes), new MemoryStream(), token),
            _ => new DatasetConvert(new ConvertOptions
            {
                Source = command switch { "csv" => ConvertSource.Csv, "json" => ConvertSource.Json, _ => ConvertSource.Text },
                Target = ConvertTarget.Completion,
            }).RunAsync(new MemoryStream(bytes), new MemoryStream(), token),
        };
    }

    private static byte[] Mangle(Random random)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)]);
        for (int change = random.Next(6); change > 0; change--)
        {
            bytes[random.Next(bytes.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)"{}[],:\"\\\n\r \t"[random.Next(12)];
        }

        return bytes[random.Next(3)..random.Next(bytes.Length / 2, bytes.Length)];
    }
}
