using System.CommandLine;
using System.Text.Json;
using FineTune.Local.Endpoints;
using FineTune.Local.Hosting;
using Microsoft.AspNetCore.Connections;

namespace FineTune.Local.Cli;

/// <summary><c>finetune serve</c>: watches the folder, answers over HTTP and works on all runs until it is stopped.</summary>
internal static class ServeCommand
{
    private static readonly Option<int> Port = new("--port") { Description = "Where to listen on 127.0.0.1; 0 takes any free port.", DefaultValueFactory = _ => 5050 };

    public static Command Create()
    {
        Command command = new("serve", "Watch the data folder's datasets, answer over HTTP, work on many runs at once.") { Port };
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using LocalSession session = await LocalSession.OpenServerAsync(parsed, builder => Add(builder, parsed), Map, cancellationToken);
        WebApplication server = (WebApplication)session.Host;
        await StartAsync(server, cancellationToken);
        Listening listening = new(server.Urls.First(), parsed.DataFolder().Datasets);
        Console.WriteLine(parsed.IsJson() ? JsonSerializer.Serialize(listening, CliJson.Default.Listening)
            : $"Serving at {listening.Address} (OpenAPI: /openapi/v1.json). Drop datasets into {listening.Folder}. Stop with Ctrl+C.");
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await server.StopAsync(CancellationToken.None);
        return ExitCode.Done;
    }

    private static async Task StartAsync(WebApplication server, CancellationToken cancellationToken)
    {
        try
        {
            await server.StartAsync(cancellationToken);
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            throw new IOException($"{taken.Message} Choose another with {Port.Name}.", taken);
        }
    }

    private static void Add(WebApplicationBuilder builder, ParseResult parsed)
    {
        builder.WebHost.UseUrls($"http://127.0.0.1:{parsed.GetValue(Port)}");
        builder.Services.AddRunEndpoints();
        builder.Services.AddHostedService<DatasetWatcher>();
        builder.Services.AddHostedService<Sweeper>();
    }

    private static void Map(WebApplication app)
    {
        app.UseLocalOnly().MapRunEndpoints();
        app.MapModelEndpoints();
        app.MapWebhookEndpoint();
    }
}
