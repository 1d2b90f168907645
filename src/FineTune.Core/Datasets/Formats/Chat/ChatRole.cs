namespace FineTune.Datasets.Formats.Chat;

/// <summary>Who speaks.</summary>
internal enum ChatRole
{
    Unknown,
    System,
    Developer,
    User,
    Assistant,
    Tool,
    Function,
}

