using FineTune.Ports;
using FineTune.Provider;

namespace FineTune.Core.Tests.Provider;

/// <summary>The table of what answers mean for spending.</summary>
public sealed class AnswerClassifierTests
{
    [Theory]
    [InlineData(200, AnswerClass.Readable)]
    [InlineData(201, AnswerClass.Readable)]
    [InlineData(299, AnswerClass.Readable)]
    [InlineData(400, AnswerClass.Rejected)]
    [InlineData(404, AnswerClass.Rejected)]
    [InlineData(413, AnswerClass.Rejected)]
    [InlineData(422, AnswerClass.Rejected)]
    [InlineData(401, AnswerClass.Fatal)]
    [InlineData(403, AnswerClass.Closed)]
    [InlineData(429, AnswerClass.RejectedForNow)]
    [InlineData(301, AnswerClass.Ambiguous)]
    [InlineData(307, AnswerClass.Ambiguous)]
    [InlineData(402, AnswerClass.Ambiguous)]
    [InlineData(408, AnswerClass.Ambiguous)]
    [InlineData(409, AnswerClass.Ambiguous)]
    [InlineData(499, AnswerClass.Ambiguous)]
    [InlineData(500, AnswerClass.Ambiguous)]
    [InlineData(502, AnswerClass.Ambiguous)]
    [InlineData(503, AnswerClass.Ambiguous)]
    [InlineData(504, AnswerClass.Ambiguous)]
    [InlineData(529, AnswerClass.Ambiguous)]
    [InlineData(0, AnswerClass.Ambiguous)]
    public void Classify_GoesByTheStatus_WhenNothingElseIsSaid(int status, AnswerClass expected)
        => Assert.Equal(expected, AnswerClassifier.Classify(status));

    [Theory]
    [InlineData("rate_limit_exceeded", AnswerClass.RejectedForNow)]
    [InlineData("slow_down", AnswerClass.RejectedForNow)]
    [InlineData("daily_rate_limit_exceeded", AnswerClass.RejectedForNow)]
    [InlineData("concurrent_job_limit_exceeded", AnswerClass.RejectedForNow)]
    [InlineData("a_word_from_next_year", AnswerClass.RejectedForNow)]
    [InlineData("insufficient_quota", AnswerClass.Fatal)]
    [InlineData("credit_balance_exhausted", AnswerClass.Fatal)]
    [InlineData("organization_spend_limit_exceeded", AnswerClass.Fatal)]
    [InlineData("project_spend_limit_exceeded", AnswerClass.Fatal)]
    [InlineData("organization_usage_limit_exceeded", AnswerClass.Fatal)]
    [InlineData("billing_hard_limit_reached", AnswerClass.Fatal)]
    public void Classify_TellsMoneyFromHaste_InCodeAndInType(string word, AnswerClass expected)
    {
        Assert.Equal(expected, AnswerClassifier.Classify(429, code: word));
        Assert.Equal(expected, AnswerClassifier.Classify(429, type: word));
    }

    [Theory]
    [InlineData("File file-1 is still being processed and is not ready.", AnswerClass.RejectedForNow)]
    [InlineData("The file is NOT READY for fine-tuning.", AnswerClass.RejectedForNow)]
    [InlineData("invalid training_file: file-1", AnswerClass.Rejected)]
    public void Classify_WaitsForAFileThatIsNotReady(string message, AnswerClass expected)
        => Assert.Equal(expected, AnswerClassifier.Classify(400, message: message));

    [Theory]
    [InlineData(500, "insufficient_quota")]
    [InlineData(503, "server_is_overloaded")]
    public void Classify_StaysInDoubt_WhateverAServersErrorSays(int status, string code)
        => Assert.Equal(AnswerClass.Ambiguous, AnswerClassifier.Classify(status, code, message: "not ready"));

    [Theory]
    [InlineData(429, "daily_rate_limit_exceeded", null, JobLimit.Daily)]
    [InlineData(429, null, "You have reached the maximum of 8 fine-tuning requests per day for the model m.", JobLimit.Daily)]
    [InlineData(429, "concurrent_job_limit_exceeded", null, JobLimit.Concurrent)]
    [InlineData(429, null, "You have reached the maximum of 3 active fine-tuning jobs.", JobLimit.Concurrent)]
    [InlineData(429, null, "Your organization has reached the maximum of 3 active requests (3 running, 0 queued) for the model m.", JobLimit.Concurrent)]
    [InlineData(429, "rate_limit_exceeded", "Too many requests. Slow down.", null)]
    [InlineData(429, null, null, null)]
    [InlineData(400, null, "8 requests per day", null)]
    public void LimitOf_TellsALimitOnJobsFromALimitOnRequests(int status, string? code, string? message, JobLimit? expected)
        => Assert.Equal(expected, AnswerClassifier.LimitOf(status, code, message));

    [Theory]
    [InlineData(429, "daily_rate_limit_exceeded", 1800)]
    [InlineData(429, "rate_limit_exceeded", 60)]
    [InlineData(429, null, 60)]
    [InlineData(400, null, 10)]
    public void DefaultWait_FitsTheReason(int status, string? code, double seconds)
        => Assert.Equal(seconds, AnswerClassifier.DefaultWait(status, code).TotalSeconds);
}
