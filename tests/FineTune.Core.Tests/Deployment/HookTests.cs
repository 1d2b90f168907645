using System.Diagnostics;
using System.Text.Json;

namespace FineTune.Core.Tests.Deployment;

/// <summary>The shell hook as azd runs it, with a stand-in for the Azure CLI that writes down what it was asked.</summary>
public sealed class HookTests : IDisposable
{
    private const string EventKey = "k3y-of-the-blobs-extension==";

    private const string StandIn = """
        #!/bin/sh
        folder=$(dirname "$0")
        echo "$*" >> "$folder/calls.txt"
        case "$*" in
          "functionapp keys list"*) cat "$folder/key.txt" ;;
          "deployment group create"*)
            for argument in "$@"; do
              case "$argument" in @*) cp "${argument#@}" "$folder/parameters.json"; echo "${argument#@}" > "$folder/where.txt" ;; esac
            done
            exit "$(cat "$folder/exit.txt")" ;;
        esac
        """;

    private readonly TemporaryFolder _folder = new();

    public HookTests()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("azd runs the PowerShell hook there.");
            return;
        }

        File.WriteAllText(_folder["az"], StandIn);
        File.SetUnixFileMode(_folder["az"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.WriteAllText(_folder["key.txt"], EventKey + "\n");
        File.WriteAllText(_folder["exit.txt"], "0");
    }

    [Fact]
    public async Task Hook_DeploysTheSubscriptionWithTheKey_AndTellsItToNobody()
    {
        (int exitCode, string said) = await RunAsync();

        Assert.Equal(0, exitCode);
        JsonElement parameters = JsonDocument.Parse(File.ReadAllText(_folder["parameters.json"])).RootElement.GetProperty("parameters");
        Assert.Equal(EventKey, parameters.GetProperty("blobsExtensionKey").GetProperty("value").GetString());
        Assert.Equal("StartFromEvent", parameters.GetProperty("functionName").GetProperty("value").GetString());
        Assert.Equal("value of SYSTEM_TOPIC_NAME", parameters.GetProperty("systemTopicName").GetProperty("value").GetString());
        Assert.DoesNotContain(EventKey, said, StringComparison.Ordinal);
        Assert.DoesNotContain(EventKey, File.ReadAllText(_folder["calls.txt"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 1)]
    public async Task Hook_DeletesTheFileWithTheKey_WhateverAzureAnswers(string azure, int expected)
    {
        File.WriteAllText(_folder["exit.txt"], azure);

        (int exitCode, _) = await RunAsync();

        Assert.Equal(expected, exitCode);
        Assert.False(File.Exists(File.ReadAllText(_folder["where.txt"]).Trim()));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<(int ExitCode, string Said)> RunAsync()
    {
        ProcessStartInfo start = new("sh", [Path.Combine(Repository.Root, "infra", "hooks", "create-event-subscription.sh")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{_folder.Root}:{start.Environment["PATH"]}";
        string[] variables =
        [
            "FUNCTION_APP_NAME", "FUNCTION_APP_URL", "AZURE_RESOURCE_GROUP", "SYSTEM_TOPIC_NAME",
            "DATASET_STORAGE_NAME", "DATASET_CONTAINER", "DEAD_LETTER_CONTAINER", "EVENTS_IDENTITY_NAME",
        ];
        foreach (string name in variables)
        {
            start.Environment[name] = $"value of {name}";
        }

        using Process hook = Process.Start(start)!;
        Task<string> errors = hook.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string said = await hook.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await errors;
        await hook.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (hook.ExitCode, said);
    }
}
