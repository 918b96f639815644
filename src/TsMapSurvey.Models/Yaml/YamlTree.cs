using TsMapSurvey.Maps;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace TsMapSurvey.Models.Yaml;

/// <summary>
/// YAML text of unknown origin as nodes. What would take unbounded stack, memory or time is refused before anything is built.
/// </summary>
internal static class YamlTree
{
    private const int MostCharacters = 16 << 20;

    private const int MostEvents = 2_000_000;

    /// <summary>A model file has six levels.</summary>
    private const int Deepest = 32;

    /// <param name="where">The file, for messages.</param>
    /// <exception cref="MapException">No YAML, or none that is a mapping within bounds.</exception>
    public static YamlMappingNode Read(string text, string where)
    {
        if (text.Length > MostCharacters) throw ModelErrors.BadModelFile(where, $"{text.Length} characters", $"at most {MostCharacters}");
        try
        {
            CheckShape(text, where);
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents is [{ RootNode: YamlMappingNode root }] ? root
                : throw ModelErrors.BadModelFile(where, stream.Documents.Count == 1
                    ? "no mapping" : $"{stream.Documents.Count} documents", "one YAML document with a list of components");
        }
        catch (YamlException bad)
        {
            throw ModelErrors.BadModelFile(
                where, $"no YAML (line {bad.Start.Line}, column {bad.Start.Column}: {bad.Message})", "gammapy's model YAML");
        }
        catch (Exception bad) when (bad is InvalidOperationException or ArgumentException)
        {
            // The parser's own ways to say that a bracket is not closed, or that a value stands where none can.
            throw ModelErrors.BadModelFile(
                where, "no YAML (a bracket or quote that is not closed, or a value at a place that has none)", "gammapy's model YAML");
        }
    }

    /// <summary>
    /// An alias may name only what is complete, so that nodes form no circle. Keys must be words: those of a mapping are hashed with all
    /// that is in them, which takes exponential time where aliases name aliases.
    /// </summary>
    private static void CheckShape(string text, string where)
    {
        var parser = new Parser(new StringReader(text));
        var open = new Stack<(AnchorName Anchor, bool IsMapping)>();
        var (events, isKey) = (0, new Stack<bool>());
        while (parser.MoveNext())
        {
            var now = parser.Current!;
            if (++events > MostEvents) throw ModelErrors.BadModelFile(where, $"more than {MostEvents} elements", "a model file");
            if (now is MappingEnd or SequenceEnd)
            {
                open.Pop();
                isKey.Pop();
                continue;
            }

            if (now is not (NodeEvent or AnchorAlias)) continue;
            if (open.TryPeek(out var parent) && parent.IsMapping)
            {
                var key = isKey.Pop();
                isKey.Push(!key);
                if (key && now is not Scalar)
                    throw ModelErrors.BadModelFile(where, $"a key that is no word at line {now.Start.Line}", "words as keys");
            }

            if (now is AnchorAlias alias && open.Any(outer => outer.Anchor == alias.Value))
                throw ModelErrors.BadModelFile(
                    where, $"the anchor '{alias.Value}' inside itself at line {now.Start.Line}", "YAML without circles");
            if (now is not (MappingStart or SequenceStart)) continue;
            if (open.Count == Deepest) throw ModelErrors.BadModelFile(
                where, $"more than {Deepest} levels at line {now.Start.Line}", "a model file, which has six");
            open.Push((((NodeEvent)now).Anchor, now is MappingStart));
            isKey.Push(true);
        }
    }
}
