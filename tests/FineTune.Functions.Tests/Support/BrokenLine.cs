using Azure.Core;
using Azure.Core.Pipeline;

namespace FineTune.Functions.Tests.Support;

/// <summary>The line to the service breaks once: before a request gets there, or after it did and before its answer is back.</summary>
internal sealed class BrokenLine(string path) : HttpPipelinePolicy
{
    private int _until;

    /// <summary>How many requests to this path get through before it breaks.</summary>
    public int After { set => _until = value + 1; }

    /// <summary>The request is carried out and only its answer is lost.</summary>
    public bool LosesAnswers { get; init; }

    public bool Broke { get; private set; }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        bool breaks = message.Request.Method != RequestMethod.Get
            && message.Request.Uri.Path.Contains(path, StringComparison.Ordinal) && --_until == 0;
        if (!breaks || LosesAnswers)
        {
            await ProcessNextAsync(message, pipeline);
        }

        if (breaks)
        {
            Broke = true;
            throw new IOException("The line is broken.");
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();
}
