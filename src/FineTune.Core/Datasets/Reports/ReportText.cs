using System.Globalization;
using FineTune.Datasets.Counting;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Reports;

/// <summary>The report as plain text for a terminal.</summary>
public static class ReportText
{
    private const int NarrowestUseful = 40;
    private const int MostKinds = 5;

    /// <param name="problems">How many problems are shown; the rest is counted.</param>
    /// <param name="width">Columns of the terminal; lines are broken between words.</param>
    public static string Of(DatasetReport report, int problems = 20, int width = 100)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = new WrappedText(Math.Max(width, NarrowestUseful));
        AddSummary(text, report);
        foreach (var problem in report.Problems.OrderBy(problem => problem.Severity).Take(problems))
        {
            AddProblem(text, report.Dataset, problem);
        }

        AddRest(text, report, problems);
        text.Line();
        text.Line(Verdict(report));
        text.Line(Advice(report));
        return text.ToString();
    }

    private static void AddSummary(WrappedText text, DatasetReport report)
    {
        text.Line(Format($"{report.Dataset}: {Number(report.Examples, "example")}, {Number(report.Messages, "message")}, {Number(report.Lines, "line")}, {Number(report.Bytes, "byte")}{(report.Sha256 is null ? " read" : "")}"));
        if (report.Examples == 0)
        {
            return;
        }

        if (report.Tokens is { } tokens)
        {
            string epochs = Range(report.Epochs.Low, report.Epochs.High, "N0");
            string verb = report.Method == TrainingMethod.Reinforcement ? "trained on" : "billed";
            text.Line(Format($"{Range(tokens.Dataset)} tokens for {report.Model}, the longest example {tokens.Longest:N0}; {epochs} epochs, {Range(tokens.Billed)} tokens {verb}"));
        }

        if (report.Price is { } price)
        {
            text.Line(Format($"{Range(price.Low, price.High, "N2")} {price.Currency} at {price.PerMillionTokens:0.##} per million tokens, list price of {price.AsOf:yyyy-MM-dd}"));
        }
    }

    private static void AddProblem(WrappedText text, string dataset, Problem problem)
    {
        string place = problem.Line is null ? dataset : Format($"{dataset}:{problem.Line}:{problem.Column}");
        string field = problem.Field is null ? "" : $" {problem.Field}";
        text.Line();
        text.Line($"{place}{field}: {problem.Severity.ToString().ToLowerInvariant()} {problem.Code}");
        text.Line(problem.Message, indent: 4);
        text.Line($"Fix: {problem.Fix}", indent: 4);
    }

    private static void AddRest(WrappedText text, DatasetReport report, int shown)
    {
        long total = report.ProblemCounts.Sum(count => count.Count);
        if (total <= shown)
        {
            return;
        }

        text.Line();
        text.Line(Format($"{total - Math.Min(shown, report.Problems.Count):N0} more; all by rule:"));
        foreach (var count in report.ProblemCounts)
        {
            string first = count.FirstLine is null ? "" : Format($", first in line {count.FirstLine}");
            text.Line(Format($"{count.Code}: {count.Count:N0}{first}"), indent: 4);
        }
    }

    internal static string Verdict(DatasetReport report)
    {
        var errors = report.ProblemCounts.Where(count => count.Severity == Severity.Error).ToArray();
        return errors.Length == 1 && errors[0].Count == 1 ? OnlyError(report)
            : errors.Length > 0 ? Format($"Not trainable: {Number(report.ErrorCount, "error")} ({Kinds(errors)}).")
            : report.WarningCount > 0 ? Format($"Trainable, with {Number(report.WarningCount, "warning")}.")
            : "Trainable.";
    }

    private static string OnlyError(DatasetReport report)
    {
        var error = report.Problems.First(problem => problem.Severity == Severity.Error);
        string place = error.Line is null ? "" : Format($" in line {error.Line}");
        return $"Not trainable: {error.Code}{place}. {error.Message}";
    }

    private static string Kinds(ProblemCount[] errors)
        => string.Join(", ", errors.Take(MostKinds).Select(error => error.Code)) + (errors.Length > MostKinds ? ", ..." : "");

    private static string Advice(DatasetReport report)
        => !report.IsTrainable ? "Mend the errors and check again."
        : report.WarningCount > 0 ? "It can be trained as it is; read the warnings first."
        : "It can be trained as it is.";

    private static string Number(long count, string noun) => Format($"{count:N0} {noun}{(count == 1 ? "" : "s")}");

    private static string Range(Interval<long> interval) => Range(interval.Low, interval.High, "N0");

    internal static string Range<T>(T low, T high, string format, string to = " to ")
        where T : IFormattable, IEquatable<T>
    {
        string from = low.ToString(format, CultureInfo.InvariantCulture);
        string until = high.ToString(format, CultureInfo.InvariantCulture);
        return from == until ? from : from + to + until;
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
