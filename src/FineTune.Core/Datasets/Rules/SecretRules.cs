using FineTune.Datasets.Secrets;

namespace FineTune.Datasets.Rules;

/// <summary>Rules about secrets and personal data; what is found is never repeated in a report.</summary>
public static class SecretRules
{
    private const string Learned = "Carlini et al. 2021, Extracting Training Data from Large Language Models";

    public static readonly DatasetRule ApiKey = new(
        "secret-api-key", Severity.Warning,
        "Here stands what looks like an access key of {0}; a model may repeat it to anybody.",
        "Replace it by a made-up one, and revoke it: it has been copied into a file.",
        Learned);

    public static readonly DatasetRule PrivateKey = new(
        "secret-private-key", Severity.Warning,
        "A private key begins here; a model may repeat it to anybody.",
        "Delete it, and replace the key pair: it has been copied into a file.",
        Learned);

    public static readonly DatasetRule CardNumber = new(
        "personal-card-number", Severity.Warning,
        "Here stands what looks like a payment card's number, right check digit included.",
        "Replace it by a placeholder.",
        "PCI DSS requirement 3; " + Learned);

    public static readonly DatasetRule BankAccount = new(
        "personal-bank-account", Severity.Warning,
        "Here stands what looks like a bank account's number (IBAN), right check digits included.",
        "Replace it by a placeholder.",
        "GDPR article 4; " + Learned);

    public static readonly DatasetRule MailAddress = new(
        "personal-email", Severity.Note,
        "Here stands an e-mail address.",
        "Replace it by one at example.com, unless it is public and the model should know it.",
        "GDPR article 4; " + Learned);

    public static readonly DatasetRule PhoneNumber = new(
        "personal-phone", Severity.Note,
        "Here stands what looks like a telephone number.",
        "Replace it by one kept for fiction (555-0100 to 555-0199), unless it is public and the model should know it.",
        "GDPR article 4; " + Learned);

    public static IReadOnlyList<DatasetRule> All { get; } = [ApiKey, PrivateKey, CardNumber, BankAccount, MailAddress, PhoneNumber];

    internal static DatasetRule For(SecretKind kind) => kind switch
    {
        SecretKind.ApiKey => ApiKey,
        SecretKind.PrivateKey => PrivateKey,
        SecretKind.CardNumber => CardNumber,
        SecretKind.BankAccount => BankAccount,
        SecretKind.MailAddress => MailAddress,
        _ => PhoneNumber,
    };
}
