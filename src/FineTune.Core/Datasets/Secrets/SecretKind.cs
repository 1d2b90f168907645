namespace FineTune.Datasets.Secrets;

/// <summary>What should not stand in a dataset, because a model repeats what it has learned.</summary>
internal enum SecretKind
{
    ApiKey,
    PrivateKey,
    CardNumber,
    BankAccount,
    MailAddress,
    PhoneNumber,
}
