using System.ClientModel.Primitives;
using System.Text.Json;
using FineTune.Ports;

namespace FineTune.Provider;

/// <summary>Reads the answer to the call that costs money; what it cannot read is ambiguous, never a failure.</summary>
internal static class CreateJobReader
{
    public static CreateJobAnswer Read(PipelineResponse response, NewJob asked)
    {
        WireError? wire = response.IsError ? ProviderFailure.ReadError(response.Content) : null;
        ProviderError error = wire?.ToError() ?? new ProviderError(null, null, $"HTTP {response.Status} without a reason");
        return AnswerClassifier.Classify(response.Status, wire?.Code?.Word(), wire?.Type?.Word(), error.Message) switch
        {
            AnswerClass.Readable => ReadJob(response.Content, asked),
            AnswerClass.RejectedForNow => new CreateJobAnswer.Rejected(
                error,
                RetryAfter.Of(response) ?? AnswerClassifier.DefaultWait(response.Status, error.Code),
                AnswerClassifier.LimitOf(response.Status, error.Code, error.Message)),
            AnswerClass.Rejected => new CreateJobAnswer.Rejected(error, RetryAfter: null),
            AnswerClass.Fatal => new CreateJobAnswer.Fatal(error, Closed: false),
            AnswerClass.Closed => new CreateJobAnswer.Fatal(error, Closed: true),
            _ => new CreateJobAnswer.Ambiguous($"HTTP {response.Status}"),
        };
    }

    /// <summary>No answer at all: only a connection that never came to be surely carried nothing.</summary>
    public static CreateJobAnswer Read(Exception failure) => ProviderFailure.NothingWasSent(failure)
        ? new CreateJobAnswer.Rejected(
            new ProviderError(null, null, "The provider cannot be reached."), AnswerClassifier.DefaultWait(0, null))
        : new CreateJobAnswer.Ambiguous(failure is OperationCanceledException ? "no answer in time" : "the connection broke");

    private static CreateJobAnswer ReadJob(BinaryData content, NewJob asked)
    {
        WireJob? job;
        try
        {
            job = JsonSerializer.Deserialize(content.ToMemory().Span, ProviderJson.Default.WireJob);
        }
        catch (JsonException)
        {
            return new CreateJobAnswer.Ambiguous("an answer that is not JSON");
        }

        return job is { Object: "fine_tuning.job", Id.Length: > 0 } && job.TrainingFile == asked.TrainingFileId
            ? new CreateJobAnswer.Created(job.ToJob())
            : new CreateJobAnswer.Ambiguous("an answer that is not our job");
    }
}
