using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using FineTune.Emulator;
using FineTune.Emulator.Webhooks;
using FineTune.Operations;
using FineTune.Ports;
using FineTune.Webhooks;

namespace FineTune.EndToEnd.Tests.Serving;

/// <summary>Signed news in both directions: the provider wakes us, and we tell whoever wants to know.</summary>
public sealed class WebhookTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string OldSecret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";

    [Fact]
    public async Task Server_HearsOfTheEndAtOnce_WhenTheProviderSendsAWebhook()
    {
        await using Scene scene = await Scene.OpenAsync(new EmulatorOptions { Speed = Scene.Speed, FileProcessing = TimeSpan.Zero });
        scene.Settings["FineTune__PollEvery"] = scene.Settings["FineTune__PollAtMost"] = "00:30:00";
        scene.Settings["FineTune__Webhooks__ProviderSecrets__0"] = OldSecret;
        scene.Settings["FineTune__Webhooks__ProviderSecrets__1"] = Secret;
        using Server server = await Server.StartAsync(scene);
        scene.Emulator.SendWebhooksTo(new WebhookTarget(new Uri(server.Http.BaseAddress!, "webhooks/provider"), Secret));
        scene.Drop("lamps.jsonl", ChatDataset.On("lamp"));

        RunView run = await server.EndOfAsync((await server.StartRunAsync("lamps.jsonl")).RunId);

        Assert.Equal(RunStatus.Succeeded, run.Status);
    }

    [Theory]
    [InlineData(true, "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX", HttpStatusCode.Unauthorized)] // somebody else's secret
    [InlineData(true, Secret, HttpStatusCode.Accepted)]
    [InlineData(false, Secret, HttpStatusCode.NotFound)] // no secret configured
    public async Task Server_TakesWhatIsSigned_AndNothingElse(bool configured, string signedUnder, HttpStatusCode expected)
    {
        await using Scene scene = await Scene.OpenAsync();
        if (configured)
        {
            scene.Settings["FineTune__Webhooks__ProviderSecrets__0"] = Secret;
        }

        using Server server = await Server.StartAsync(scene);
        byte[] body = """{"type":"batch.completed","data":{"id":"batch_1"}}"""u8.ToArray();
        using HttpRequestMessage request = new(HttpMethod.Post, "webhooks/provider") { Content = new ByteArrayContent(body) };
        request.Headers.Host = "a-tunnel.example"; // the signature is the pass
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        request.Headers.Add("webhook-id", "wh_1");
        request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSignature.Sign(signedUnder, "wh_1", now, body));

        using HttpResponseMessage answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Run_TellsHowItEnded_SignedUnderBothSecrets_UntilItIsTaken()
    {
        await using Scene scene = await Scene.OpenAsync();
        await using Listener listener = new(refusals: 1);
        Listen(scene, listener);

        RunView run = (await scene.FineTuneAsync("run", scene.Write("lamps.jsonl", ChatDataset.On("lamp")), "--json")).ExitsWith(0).Run;
        using Server server = await Server.StartAsync(scene); // whoever comes next goes on telling
        await Eventually.TrueAsync(() => listener.Taken.Count == 2, "the second attempt is taken");

        Assert.All(listener.Taken, told => Assert.Equal($"{run.RunId}-succeeded", told.Id));
        (string id, string timestamp, string signatures, byte[] body) = listener.Taken.Last();
        DateTimeOffset sentAt = DateTimeOffset.FromUnixTimeSeconds(long.Parse(timestamp, System.Globalization.CultureInfo.InvariantCulture));
        Assert.True(WebhookSignature.IsRight([Secret], id, timestamp, signatures, body, sentAt));
        Assert.True(WebhookSignature.IsRight([OldSecret], id, timestamp, signatures, body, sentAt));
        JsonElement message = JsonElement.Parse(body);
        Assert.Equal("run.succeeded", message.GetProperty("type").GetString());
        Assert.Equal(run.ModelId, message.GetProperty("data").GetProperty("modelId").GetString());
    }

    [Fact]
    public async Task Run_TellsNobody_WhereTheAddressIsPrivateAndNotListed()
    {
        await using Scene scene = await Scene.OpenAsync();
        await using Listener listener = new(refusals: 0);
        Listen(scene, listener);
        scene.Settings["FineTune__Webhooks__Url"] = listener.Address.AbsoluteUri.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        scene.Settings["FineTune__Webhooks__AllowedHosts__0"] = "localhost"; // the name, but not the address it means

        (await scene.FineTuneAsync("run", scene.Write("lamps.jsonl", ChatDataset.On("lamp")), "--json")).ExitsWith(0);

        Assert.Empty(listener.Taken);
    }

    [Fact]
    public async Task Settings_AreRefused_WhenTheAddressIsNotListed()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Settings["FineTune__Webhooks__Url"] = "https://elsewhere.example/hook";
        scene.Settings["FineTune__Webhooks__Secrets__0"] = "not a secret";

        ProgramResult result = (await scene.FineTuneAsync("run", scene.Write("lamps.jsonl", ChatDataset.On("lamp")))).ExitsWith(2);

        Assert.Contains("'elsewhere.example', which is not in FineTune:Webhooks:AllowedHosts", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("not a secret", result.Error, StringComparison.Ordinal);
    }

    private static void Listen(Scene scene, Listener listener)
    {
        scene.Settings["FineTune__Webhooks__Url"] = listener.Address.AbsoluteUri;
        scene.Settings["FineTune__Webhooks__AllowedHosts__0"] = "127.0.0.1";
        scene.Settings["FineTune__Webhooks__Secrets__0"] = Secret;
        scene.Settings["FineTune__Webhooks__Secrets__1"] = OldSecret;
    }

    /// <summary>Somebody's endpoint, which fails so many times at first.</summary>
    private sealed class Listener : IAsyncDisposable
    {
        private readonly HttpListener _http = new();
        private readonly Task _listening;
        private int _refusals;

        public Listener(int refusals)
        {
            _refusals = refusals;
            using (System.Net.Sockets.TcpListener free = new(IPAddress.Loopback, 0))
            {
                free.Start();
                Address = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/hook/");
            }

            _http.Prefixes.Add(Address.AbsoluteUri);
            _http.Start();
            _listening = ListenAsync();
        }

        public Uri Address { get; }

        public ConcurrentQueue<(string Id, string Timestamp, string Signatures, byte[] Body)> Taken { get; } = [];

        public async ValueTask DisposeAsync()
        {
            _http.Stop();
            await _listening;
            _http.Close();
        }

        private async Task ListenAsync()
        {
            while (true)
            {
                HttpListenerContext context;
                try
                {
                    context = await _http.GetContextAsync();
                }
                catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }

                using MemoryStream body = new();
                await context.Request.InputStream.CopyToAsync(body);
                var headers = context.Request.Headers;
                Taken.Enqueue((headers["webhook-id"]!, headers["webhook-timestamp"]!, headers["webhook-signature"]!, body.ToArray()));
                context.Response.StatusCode = Interlocked.Decrement(ref _refusals) >= 0 ? 503 : 204;
                context.Response.Close();
            }
        }
    }
}
