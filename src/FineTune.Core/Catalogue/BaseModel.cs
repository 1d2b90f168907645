namespace FineTune.Catalogue;

/// <summary>Finds the base model in a tuned model's name.</summary>
internal static class BaseModel
{
    /// <summary><c>ft:gpt-4o-mini:org:suffix:id</c> and <c>gpt-4o-mini.ft-id</c> are both <c>gpt-4o-mini</c>.</summary>
    public static string NameOf(string model)
    {
        if (model.StartsWith("ft:", StringComparison.OrdinalIgnoreCase))
        {
            return model.Split(':')[1];
        }

        int azure = model.IndexOf(".ft-", StringComparison.OrdinalIgnoreCase);
        return azure > 0 ? model[..azure] : model;
    }
}
