using YamlDotNet.RepresentationModel;

namespace TsMapSurvey.Architecture.Tests;

public sealed class ComposeTests
{
    private static readonly string Folder = Repository.Path("infra", "local");

    private static readonly YamlMappingNode Compose = Read();

    private static YamlMappingNode Tsmap => Map(Map(Compose, "services"), "tsmap");

    [Fact]
    public void The_silo_starts_with_options_that_serve_has()
    {
        var arguments = List(Tsmap, "command");
        Assert.Equal("serve", arguments[0]);
        Offenders.None("options in compose.yaml", Serve.Unknown(arguments));
        Assert.Subset(arguments.ToHashSet(), Image.Arguments.ToHashSet());
    }

    [Fact]
    public void All_silos_are_alike_and_of_one_cluster()
    {
        var silo = Map(Map(Compose, "services"), "silo");
        foreach (var setting in new[] { "image", "command", "environment", "volumes", "depends_on", "stop_grace_period" })
            Assert.Equal(Tsmap[setting], silo[setting]);
        Assert.Empty(List(silo, "ports"));
        Assert.True(int.Parse(Text(Map(silo, "deploy")["replicas"]), System.Globalization.CultureInfo.InvariantCulture) > 1);
        Assert.Contains(Text(Map(Tsmap, "environment")["TSMAP_Clustering__Connection"])
            .Split(':')[0], Map(Compose, "services").Children.Keys.Select(Text));
    }

    [Fact]
    public void Writing_takes_a_key_that_whoever_starts_it_sets()
    {
        Assert.DoesNotContain("--open-writes", List(Tsmap, "command"));
        Assert.StartsWith("${TSMAP_KEY:?set a key", Text(Map(Tsmap, "environment")["TSMAP_Keys__Write"]), StringComparison.Ordinal);
        Assert.Subset(
            Text(Map(Tsmap, "environment")["TSMAP_Hosts__Allowed"]).Split(';').ToHashSet(), new HashSet<string> { "tsmap", "silo" });
    }

    [Fact]
    public void The_survey_served_is_a_survey()
    {
        var definition = TsMapSurvey.Surveys.SurveyDefinition.Parse(File.ReadAllText(Path.Combine(Folder, "survey.json")));
        Assert.Equal("local", TsMapSurvey.Surveys.Survey.Resolve(definition).Name);
    }

    [Fact]
    public void Published_ports_are_local_and_lead_to_the_port_of_the_image()
    {
        var published = Map(Compose, "services").Children.Values.OfType<YamlMappingNode>().SelectMany(service => List(service, "ports"))
            .Select(port => port.Split(':')).ToList();

        Assert.All(published, port => Assert.Equal("127.0.0.1", port[0]));
        Assert.All(published, port => Assert.Equal(port[1], port[2]));
        Assert.Equal(published.Count, published.Select(port => port[1]).Distinct().Count());
        Assert.Equal(Image.Ports[0], Assert.Single(List(Tsmap, "ports")).Split(':')[^1]);
    }

    [Fact]
    public void What_is_mounted_waited_for_and_built_is_there()
    {
        var services = Map(Compose, "services").Children.Keys.Select(Text).ToHashSet();
        var named = Map(Compose, "volumes").Children.Keys.Select(Text).ToHashSet();
        var files = List(Tsmap, "volumes").Select(volume => volume.Split(':')).ToList();

        Assert.All(files.Where(volume => volume[0].StartsWith('.')), volume =>
            Assert.True(Path.Exists(Path.Combine(Folder, volume[0])), volume[0]));
        Assert.Subset(
            files.Select(volume => volume[1]).ToHashSet(), List(Tsmap, "command").Where(argument => argument.StartsWith('/')).ToHashSet());
        Assert.All(Map(Compose, "services").Children.Values.OfType<YamlMappingNode>().SelectMany(service => List(service, "volumes"))
            .Select(volume => volume.Split(':')[0]).Where(source => !source.StartsWith('.')), source => Assert.Contains(source, named));
        Assert.Subset(services, Map(Tsmap, "depends_on").Children.Keys.Select(Text).ToHashSet());
        Assert.True(File.Exists(Path.Combine(Folder, Text(Map(Tsmap, "build")["context"]), "Dockerfile")));
    }

    private static YamlMappingNode Read()
    {
        using var reader = new StreamReader(Path.Combine(Folder, "compose.yaml"));
        var yaml = new YamlStream();
        yaml.Load(reader);
        return (YamlMappingNode)Assert.Single(yaml.Documents).RootNode;
    }

    private static YamlMappingNode Map(YamlMappingNode parent, string key) => (YamlMappingNode)parent[key];

    private static List<string> List(YamlMappingNode parent, string key) =>
        parent.Children.TryGetValue(key, out var list) ? ((YamlSequenceNode)list).Select(Text).ToList() : [];

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;
}
