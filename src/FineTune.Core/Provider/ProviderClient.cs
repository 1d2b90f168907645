using System.ClientModel;
using System.ClientModel.Primitives;
using Azure.Identity;
using FineTune.Hosting;
using Microsoft.Extensions.Options;
using OpenAI;
using OpenAI.Files;

namespace FineTune.Provider;

/// <summary>The OpenAI package's clients, made so that they never repeat a call by themselves.</summary>
/// <remarks>
/// The package repeats every failed call up to three times, the one that buys a job included, and without a pause.
/// Here a call is sent once; the workflow's rules repeat what is safe to repeat.
/// </remarks>
internal sealed class ProviderClient
{
    // Redirects are not followed and nothing is unpacked: a provider's answer comes from the provider, as it is.
    private static readonly HttpClientPipelineTransport Network = new(new HttpClient(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    });

    private readonly PipelineTransport _transport;

    /// <param name="transport">Null: the network.</param>
    public ProviderClient(IOptions<ProviderOptions> options, PipelineTransport? transport)
    {
        _transport = transport ?? Network;
        ProviderOptions settings = options.Value;
        ProviderText.Hide(settings.ApiKey ?? "");
        Endpoint = new Uri(settings.Endpoint!.AbsoluteUri.TrimEnd('/') + '/');
        AuthenticationPolicy authentication = settings.Authentication is ProviderAuthentication.Entra
            ? new BearerTokenPolicy(new DefaultAzureCredential(), "https://ai.azure.com/.default")
            : ApiKeyAuthenticationPolicy.CreateHeaderApiKeyPolicy(new ApiKeyCredential(settings.ApiKey!), "Authorization", "Bearer");
        Pipeline = new OpenAIClient(authentication, Patient(settings.CallTimeout)).Pipeline;
        Files = new OpenAIClient(authentication, Patient(settings.UploadTimeout)).GetOpenAIFileClient();
    }

    /// <summary>Ends with a slash.</summary>
    public Uri Endpoint { get; }

    public ClientPipeline Pipeline { get; }

    /// <summary>For uploads, which take longer than other calls.</summary>
    public OpenAIFileClient Files { get; }

    private OpenAIClientOptions Patient(TimeSpan timeout) => new()
    {
        Endpoint = Endpoint,
        NetworkTimeout = timeout,
        RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        Transport = _transport,
    };
}
