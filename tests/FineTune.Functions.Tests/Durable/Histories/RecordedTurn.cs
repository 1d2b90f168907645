using Google.Protobuf;
using Microsoft.DurableTask.Protobuf;

namespace FineTune.Functions.Tests.Durable.Histories;

/// <summary>
/// One turn of an orchestrator as the engine asked for it, and what the code of that day answered, as JSON in <c>recorded/</c>. Every turn that the
/// worker process tests see is recorded where <c>FINETUNE_RECORD</c> names a folder; those worth keeping are moved here by hand, and never changed.
/// </summary>
internal sealed record RecordedTurn(OrchestratorRequest Request, OrchestratorResponse Response)
{
    private const string Folder = "tests/FineTune.Functions.Tests/Durable/Histories/recorded";

    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithIndentation());

    /// <summary>The orchestrator's name, which its history begins with.</summary>
    public string Workflow { get; } = Request.PastEvents.Concat(Request.NewEvents)
        .First(happened => happened.ExecutionStarted is not null).ExecutionStarted.Name;

    public static IEnumerable<string> Names => Directory.EnumerateFiles(Path.Combine(Repository.Root, Folder), "*.request.json")
        .Select(file => Path.GetFileName(file).Replace(".request.json", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    public static RecordedTurn Read(string name) => new(
        OrchestratorRequest.Parser.ParseJson(File.ReadAllText(Path.Combine(Repository.Root, Folder, $"{name}.request.json"))),
        OrchestratorResponse.Parser.ParseJson(File.ReadAllText(Path.Combine(Repository.Root, Folder, $"{name}.response.json"))));

    public static void Keep(OrchestratorRequest request, OrchestratorResponse response)
    {
        if (Environment.GetEnvironmentVariable("FINETUNE_RECORD") is { Length: > 0 } folder)
        {
            RecordedTurn turn = new(request, response);
            string file = Path.Combine(folder, $"{turn.Workflow}-{request.InstanceId}-{request.PastEvents.Count:D3}");
            File.WriteAllText($"{file}.request.json", Formatter.Format(request));
            File.WriteAllText($"{file}.response.json", Formatter.Format(response));
        }
    }
}
