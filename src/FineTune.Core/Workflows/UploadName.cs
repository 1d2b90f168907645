namespace FineTune.Workflows;

/// <summary>What our files are called at the provider: never what people called them, and the same at every attempt.</summary>
public static class UploadName
{
    public static string Training(string key) => $"{key}.jsonl";

    public static string Validation(string key) => $"{key}.validation.jsonl";
}
