using FineTune.Datasets.Reading;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Secrets;

/// <summary>Looks through a text for what a model should not learn by heart, and says where it stands, not what it is.</summary>
internal sealed class SecretChecks(ProblemLog problems)
{
    private delegate bool Scanner(ReadOnlySpan<byte> text, ref int at, out Secret secret);

    private static readonly (SecretSigns Sign, Scanner Scan)[] Scanners =
    [
        (SecretSigns.LongRun, KeyScanner.TryFind), (SecretSigns.Hyphens, PrivateKeyScanner.TryFind),
        (SecretSigns.Digits, NumberScanner.TryFind), (SecretSigns.At, MailScanner.TryFind),
    ];

    /// <summary>No shorter text has a secret in it: of an e-mail address, <c>a@b.de</c>.</summary>
    public const int ShortestText = 6;

    /// <summary>Whether there is one anywhere in a text, be it a line that is no JSON.</summary>
    public static bool AnyIn(ReadOnlySpan<byte> text)
    {
        var signs = SecretScreen.SignsIn(text);
        foreach (var (sign, scan) in Scanners)
        {
            int at = 0;
            if ((signs & sign) != 0 && scan(text, ref at, out _))
            {
                return true;
            }
        }

        return false;
    }

    public void Judge(JsonValue value)
    {
        var text = value.Text;
        var signs = SecretScreen.SignsIn(text);
        foreach (var (sign, scan) in signs == SecretSigns.None ? [] : Scanners)
        {
            for (int at = 0; (signs & sign) != 0 && scan(text, ref at, out var secret);)
            {
                problems.AddAt(SecretRules.For(secret.Kind), value, secret.At, secret.Owner);
            }
        }
    }
}
