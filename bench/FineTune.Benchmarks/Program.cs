using System.Globalization;
using FineTune.Benchmarks;

// dotnet run -c Release --project bench/FineTune.Benchmarks -- [dataset.jsonl]
// dotnet run -c Release --project bench/FineTune.Benchmarks -- cold o200k_base
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["cold", var encoding])
{
    ColdStart.Print(encoding);
    return;
}

TokenThroughput.Print(args is [var dataset] ? ChatTexts.Read(dataset) : ChatTexts.Find());
ColdStart.PrintInFreshProcesses();
