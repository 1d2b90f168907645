using FineTune.Emulator.Chat;
using FineTune.Emulator.Faults;
using FineTune.Emulator.Files;
using FineTune.Emulator.Jobs;
using FineTune.Emulator.Ledger;
using FineTune.Emulator.Models;
using FineTune.Emulator.State;
using FineTune.Emulator.Storage;
using FineTune.Emulator.Time;
using FineTune.Emulator.Uploads;
using FineTune.Emulator.Webhooks;
using FineTune.Emulator.Wire;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FineTune.Emulator;

/// <summary>Puts the emulator together on an empty host: no settings, environment or signals of the process it runs in.</summary>
internal static class EmulatorApplication
{
    /// <param name="server">Null: Kestrel.</param>
    public static WebApplication Build(EmulatorOptions options, string folder, TimeProvider time, IServer? server)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Listen(options.Address(), options.Port);
        });
        if (server is not null)
        {
            builder.Services.AddSingleton(server);
        }

        builder.Services.AddEmulator(options, folder, time);
        var app = builder.Build();
        app.UseEmulator();
        return app;
    }

    private static void AddEmulator(this IServiceCollection services, EmulatorOptions options, string folder, TimeProvider time)
    {
        services.AddRoutingCore();
        services.Replace(ServiceDescriptor.Singleton<IHostLifetime, HostedByCaller>());
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = System.Text.Json.JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.TypeInfoResolver = WireJson.Default;
        });
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true); // answered by ErrorMiddleware
        services.AddSingleton(options).AddSingleton(time);
        services.AddSingleton(new EmulatedClock(time, options.Speed)).AddSingleton(new IdSource(options.Seed));
        services.AddSingleton(new ContentFolder(folder));
        services.AddSingleton(s => new EmulatorState(
            folder, options, time, s.GetRequiredService<IdSource>(), s.GetRequiredService<EmulatedClock>()));
        services.AddSingleton<FaultScript>().AddSingleton<RequestLog>().AddSingleton<LedgerReader>();
        services.AddSingleton<FileCatalogue>().AddSingleton<FileKeeper>().AddSingleton<FileReader>().AddSingleton<FileReceiver>();
        services.AddSingleton<UploadAssembler>();
        services.AddSingleton<JobReader>().AddSingleton<JobViews>().AddSingleton<JobLists>().AddSingleton<JobIntervener>();
        services.AddSingleton<JobRequestReader>().AddSingleton<JobPlanner>().AddSingleton<JobLimits>().AddSingleton<JobCreator>();
        services.AddSingleton<ModelCatalogue>().AddSingleton<TunedModels>().AddSingleton<CompletionIds>();
        services.AddSingleton<WebhookSender>().AddHostedService(s => s.GetRequiredService<WebhookSender>());
    }

    private static void UseEmulator(this WebApplication app)
    {
        app.UseMiddleware<AzurePaths>();
        app.UseRouting();
        app.UseMiddleware<LedgerMiddleware>();
        app.UseMiddleware<FaultMiddleware>();
        app.UseMiddleware<ErrorMiddleware>();
        var v1 = app.MapGroup("/v1");
        v1.MapFiles();
        v1.MapUploads();
        v1.MapJobs();
        v1.MapModels();
        v1.MapChat();
        app.MapFaults();
        app.MapLedger();
        app.MapClock();
        app.MapWebhooks();
    }
}
