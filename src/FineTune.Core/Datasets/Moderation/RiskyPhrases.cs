namespace FineTune.Datasets.Moderation;

/// <summary>
/// What is looked for: blatant phrases in English, for whose sake a file is worth a look before it is sent. Phrases only, for a single
/// word stands in too many harmless texts (news, law, medicine); no slurs, for the same reason. What is subtle, the provider alone finds.
/// </summary>
internal static class RiskyPhrases
{
    /// <summary>By the categories of OpenAI's moderation. Where one phrase begins another, the longer one comes first.</summary>
    public static readonly IReadOnlyList<RiskyPhrase> ForModeration =
    [
        .. Of("self-harm/intent", "kill myself", "killing myself", "end my own life", "take my own life"),
        .. Of(
            "self-harm/instructions",
            "how to kill yourself", "ways to kill yourself", "how to hang yourself", "painless suicide", "suicide method", "suicide methods"),
        .. Of("self-harm", "slit my wrists", "cut my wrists"),
        .. Of("harassment/threatening", "i will kill you", "i'll kill you", "i am going to kill you", "i'm going to kill you", "slit your throat"),
        .. Of("harassment", "kill yourself", "worthless piece of shit", "go drink bleach"),
        .. Of("hate/threatening", "gas the jews", "kill all jews", "kill all muslims", "kill all immigrants", "exterminate the jews"),
        .. Of("hate", "are subhuman", "an inferior race", "race traitors", "go back to your own country"),
        .. Of(
            "illicit/violent",
            "how to make a bomb", "how to build a bomb", "make a pipe bomb", "build a pipe bomb", "make a molotov cocktail", "make napalm",
            "make ricin", "make nerve gas", "hire a hitman", "untraceable gun", "how to poison someone"),
        .. Of(
            "illicit",
            "how to shoplift", "how to cook meth", "synthesize methamphetamine", "synthesise methamphetamine", "how to launder money",
            "how to hotwire a car", "how to make counterfeit money", "how to forge a passport", "how to hack into someone",
            "buy stolen credit cards", "sell stolen credit cards"),
        .. Of("sexual/minors", "underage porn", "preteen porn", "underage nudes", "underage sex story", "sexy schoolgirl"),
        .. Of("sexual", "hardcore porn", "erotic roleplay", "explicit sex scene", "fuck me harder", "suck my dick", "suck my cock", "send me nudes", "send nudes"),
        .. Of(
            "violence/graphic",
            "gouged out his eyes", "gouged out her eyes", "brains splattered", "guts spilled out", "mutilated corpse", "bathed in his blood"),
        .. Of("violence", "shoot up the school", "shoot up a school", "skin him alive", "skin her alive", "burn them alive"),
    ];

    /// <summary>In prompts for reasoning models: asking for the reasoning itself is taken for an attack on the model.</summary>
    public static readonly IReadOnlyList<RiskyPhrase> ForReasoning
        = [.. Of("reasoning", "chain of thought", "step by step reasoning", "let me think", "think carefully", "reason through")];

    private static RiskyPhrase[] Of(string category, params string[] phrases)
        => Array.ConvertAll(phrases, phrase => new RiskyPhrase(phrase, category));
}
