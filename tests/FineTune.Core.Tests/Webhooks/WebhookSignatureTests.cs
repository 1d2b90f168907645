using System.Net;
using System.Text;
using FineTune.Webhooks;

namespace FineTune.Core.Tests.Webhooks;

/// <summary>Standard Webhooks, with that standard's own example.</summary>
public sealed class WebhookSignatureTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Timestamp = "1614265330";
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"test": 2432232314}""");
    private static readonly DateTimeOffset SentAt = DateTimeOffset.FromUnixTimeSeconds(1614265330);

    [Fact]
    public void Sign_AgreesWithTheStandardsExample() => Assert.Equal(Signature, WebhookSignature.Sign(Secret, Id, SentAt, Body));

    [Theory]
    [InlineData(Signature, true)]
    [InlineData("v1,AAAA v2,whatever " + Signature, true)] // any of several
    [InlineData("v1,AAAA", false)]
    [InlineData("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", false)] // no version
    [InlineData("v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", false)]
    [InlineData("v1,no base64 at all!", false)]
    [InlineData("", false)]
    public void IsRight_TakesAnyRightSignature_AndNoOther(string signatures, bool expected)
        => Assert.Equal(expected, WebhookSignature.IsRight([Secret], Id, Timestamp, signatures, Body, SentAt));

    [Theory]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(-301, false)]
    [InlineData(301, false)]
    public void IsRight_TakesNoMessage_OutOfTolerance(int secondsOff, bool expected)
        => Assert.Equal(expected, WebhookSignature.IsRight([Secret], Id, Timestamp, Signature, Body, SentAt.AddSeconds(secondsOff)));

    [Theory]
    [InlineData("soon")]
    [InlineData("-1614265330")]
    [InlineData("99999999999999999999")]
    [InlineData("9223372036854775807")]
    public void IsRight_TakesNoMessage_WithoutAReadableTime(string timestamp)
        => Assert.False(WebhookSignature.IsRight([Secret], Id, timestamp, Signature, Body, SentAt));

    [Fact]
    public void IsRight_TakesBothSecrets_WhileOneIsBeingReplaced()
    {
        const string Other = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";

        Assert.True(WebhookSignature.IsRight([Other, Secret], Id, Timestamp, Signature, Body, SentAt));
        Assert.False(WebhookSignature.IsRight([Other], Id, Timestamp, Signature, Body, SentAt));
        Assert.False(WebhookSignature.IsRight([], Id, Timestamp, Signature, Body, SentAt));
    }

    [Fact]
    public void IsRight_CoversIdTimeAndBody()
    {
        Assert.False(WebhookSignature.IsRight([Secret], "msg_other", Timestamp, Signature, Body, SentAt));
        Assert.False(WebhookSignature.IsRight([Secret], Id, "1614265331", Signature, Body, SentAt));
        Assert.False(WebhookSignature.IsRight([Secret], Id, Timestamp, Signature, [.. Body, 32], SentAt));
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("172.31.255.255", true)]
    [InlineData("192.168.0.1", true)]
    [InlineData("169.254.169.254", true)]
    [InlineData("100.64.0.1", true)]
    [InlineData("0.0.0.0", true)]
    [InlineData("255.255.255.255", true)]
    [InlineData("::1", true)]
    [InlineData("::", true)]
    [InlineData("::ffff:10.0.0.1", true)]
    [InlineData("fd00::1", true)]
    [InlineData("fe80::1", true)]
    [InlineData("64:ff9b::a00:1", true)]
    [InlineData("8.8.8.8", false)]
    [InlineData("172.32.0.1", false)]
    [InlineData("2606:4700::1111", false)]
    public void PrivateAddresses_AreTold(string address, bool expected)
        => Assert.Equal(expected, PrivateAddresses.Contain(IPAddress.Parse(address)));
}
