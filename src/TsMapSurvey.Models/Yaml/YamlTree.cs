using TsMapSurvey.Maps;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace TsMapSurvey.Models.Yaml;

/// <summary>Parses untrusted YAML. Text that would take unbounded stack, memory or time is rejected before any node is created.</summary>
internal static class YamlTree
{
    private const int MaxCharacters = 16 << 20;

    private const int MaxEvents = 2_000_000;

    /// <summary>A model file has six levels.</summary>
    private const int MaxDepth = 32;

    /// <param name="where">Name of the file in messages.</param>
    /// <exception cref="MapException">The text is not YAML, not a mapping, or exceeds a limit.</exception>
    public static YamlMappingNode Read(string text, string where)
    {
        if (text.Length > MaxCharacters) throw ModelErrors.BadModelFile(where, $"{text.Length} characters", $"at most {MaxCharacters}");
        try
        {
            CheckShape(text, where);
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents is [{ RootNode: YamlMappingNode root }] ? root
                : throw ModelErrors.BadModelFile(where, stream.Documents.Count == 1
                    ? "no mapping" : $"{stream.Documents.Count} documents", "one YAML document with a list of components");
        }
        catch (YamlException exception)
        {
            var place = $"line {exception.Start.Line}, column {exception.Start.Column}";
            throw ModelErrors.BadModelFile(where, $"invalid YAML ({place}: {exception.Message})", "gammapy's model YAML");
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // The parser throws these for a bracket that is not closed and for a value in an invalid place.
            throw ModelErrors.BadModelFile(
                where, "invalid YAML (a bracket or quote that is not closed, or a value in an invalid place)", "gammapy's model YAML");
        }
    }

    /// <summary>
    /// An alias inside the node that its anchor names would form a cycle and is rejected. Keys must be scalars: the hash of a mapping as a
    /// key visits all of its content, which takes exponential time if aliases refer to aliases.
    /// </summary>
    private static void CheckShape(string text, string where)
    {
        var parser = new Parser(new StringReader(text));
        var open = new Stack<(AnchorName Anchor, bool IsMapping)>();
        var (events, isKey) = (0, new Stack<bool>());
        while (parser.MoveNext())
        {
            var now = parser.Current!;
            if (++events > MaxEvents) throw ModelErrors.BadModelFile(where, $"more than {MaxEvents} elements", "a model file");
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
                    throw ModelErrors.BadModelFile(where, $"a key that is not a scalar at line {now.Start.Line}", "scalars as keys");
            }

            if (now is AnchorAlias alias && open.Any(outer => outer.Anchor == alias.Value))
                throw ModelErrors.BadModelFile(
                    where, $"the anchor '{alias.Value}' inside itself at line {now.Start.Line}", "YAML without cycles");
            if (now is not (MappingStart or SequenceStart)) continue;
            if (open.Count == MaxDepth) throw ModelErrors.BadModelFile(
                where, $"more than {MaxDepth} levels at line {now.Start.Line}", $"at most {MaxDepth}, a model file has six");
            open.Push((((NodeEvent)now).Anchor, now is MappingStart));
            isKey.Push(true);
        }
    }
}
