using System.Text.Json;
using FineTune.Functions.Tests.WorkerHost.Protocol;
using Google.Protobuf;

namespace FineTune.Functions.Tests.WorkerHost;

/// <summary>What a host does when storage says that a blob is there: it calls each enabled function that watches the container.</summary>
internal sealed class BlobEvents(WorkerSlot slot, IReadOnlyDictionary<string, string?> settings)
{
    /// <summary>Returns the answers of the functions called.</summary>
    public async Task<IReadOnlyList<InvocationResponse>> AnnounceAsync(string container, string blob, CancellationToken cancellationToken)
    {
        LoadedWorker worker = await slot.Worker;
        List<InvocationResponse> answers = [];
        foreach (WorkerFunction function in worker.Functions.Where(function => Watches(function, container) && !IsDisabled(function)))
        {
            Invocation invocation = new(function, new TypedData { ModelBindingData = Reference(function, container, blob) })
            {
                TriggerData = new Dictionary<string, string> { ["BlobTrigger"] = $"{container}/{blob}", ["name"] = blob },
            };
            answers.Add(await worker.InvokeAsync(invocation, cancellationToken));
        }

        return answers;
    }

    private static bool Watches(WorkerFunction function, string container)
        => function.TriggerType is "blobTrigger" && function.Path!.StartsWith($"{container}/", StringComparison.Ordinal);

    private bool IsDisabled(WorkerFunction function)
        => settings.GetValueOrDefault($"AzureWebJobs.{function.Name}.Disabled") is { } disabled && bool.Parse(disabled);

    /// <summary>The host sends where the blob is; the worker opens it.</summary>
    private static ModelBindingData Reference(WorkerFunction function, string container, string blob) => new()
    {
        Version = "1.0",
        Source = "AzureStorageBlobs",
        ContentType = "application/json",
        Content = ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(
            new { function.Connection, ContainerName = container, BlobName = blob })),
    };
}
