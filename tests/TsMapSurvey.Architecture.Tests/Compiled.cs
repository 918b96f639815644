using ArchUnitNET.Domain.Dependencies;
using ArchUnitNET.Loader;

namespace TsMapSurvey.Architecture.Tests;

/// <summary>The compiled projects of src, and this test project as the place of deliberate offenders.</summary>
internal static class Compiled
{
    public static ArchUnitNET.Domain.Architecture Everything { get; } = new ArchLoader()
        .LoadAssemblies([.. ProjectFile.Under("src")
            .Select(project => Load(project.Name == "Cli" ? "tsmap" : $"TsMapSurvey.{project.Name}")), typeof(Compiled).Assembly])
        .Build();

    /// <summary>Every (user, used type, used member or null) of the written types of a project.</summary>
    public static IEnumerable<Use> Uses(IEnumerable<string> projects)
    {
        var assemblies = projects.Select(project => $"TsMapSurvey.{project}").ToHashSet();
        return from type in Everything.Types
               where assemblies.Contains(type.Assembly.Name.Split(',')[0])
               from dependency in type.Dependencies
               select new Use(type.FullName, dependency.Target.FullName, (dependency as MethodCallDependency)?.TargetMember.Name);
    }

    private static System.Reflection.Assembly Load(string name) =>
        System.Reflection.Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, $"{name}.dll"));
}

/// <summary>One type uses another, or calls one of its members.</summary>
internal sealed record Use(string By, string Type, string? Member)
{
    public override string ToString() => Member is null ? $"{By} uses {Type}" : $"{By} calls {Type}.{Member}";
}
