using System.Text.Json;
using FineTune.Datasets.Reading;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Secrets;

/// <summary>Looks through every text of an example for what a model should not learn by heart, and says where it stands, not what it is.</summary>
internal sealed class SecretChecks(ProblemLog problems)
{
    private delegate bool Scanner(ReadOnlySpan<byte> text, ref int at, out Secret secret);

    private static readonly (SecretSigns Sign, Scanner Scan)[] Scanners =
    [
        (SecretSigns.LongRun, KeyScanner.TryFind), (SecretSigns.Hyphens, PrivateKeyScanner.TryFind),
        (SecretSigns.Digits, NumberScanner.TryFind), (SecretSigns.At, MailScanner.TryFind),
    ];

    public void Judge(JsonLine line)
    {
        for (int index = 0; index < line.Count; index++)
        {
            if (line[index].Kind == JsonTokenType.String && line[index].TextLength >= 6)
            {
                Judge(new JsonValue(line, index));
            }
        }
    }

    private void Judge(JsonValue value)
    {
        // Base64 may look like anything.
        var text = value.Text;
        if (text.StartsWith("data:"u8))
        {
            return;
        }

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
